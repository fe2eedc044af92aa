import { killUnderOrders } from './kill-cargo.ts'

// npm run chaos: twenty kills under 200 orders a second, then the count.
const kills = Number(process.argv[2] ?? 20)
const findings = await killUnderOrders({
  kills,
  ordersPerSecond: 200,
  livesMs: [3_000, 4_500, 2_500, 5_000, 3_500],
  progress: (line) => console.log(line),
})
console.log(
  `${kills} kills: ${findings.acknowledged} orders acknowledged, ${findings.stored} stored, ${findings.lost.length} lost, ${findings.differences.length} differences`,
)
for (const line of [...findings.lost, ...findings.differences].slice(0, 20))
  console.log(`  ${line}`)
process.exit(findings.lost.length + findings.differences.length === 0 ? 0 : 1)
