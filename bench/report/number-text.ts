/** A number as a reader takes it: 0.42, 7.1, 153, 12,310. */
export function countText(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) < 10) return String(Number(value.toFixed(2)))
  return Math.round(value)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/** A ratio: "1.03 ×". */
export const factorText = (ratio: number): string => `${Number(ratio.toFixed(2))} ×`
