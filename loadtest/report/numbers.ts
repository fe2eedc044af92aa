/** Milliseconds with as many digits as they deserve: 0.42, 7.1, 153, 2,310. */
export function msText(ms: number): string {
  if (ms === 0) return '0'
  if (ms < 1) return ms.toFixed(2)
  return ms < 100 ? ms.toFixed(1) : countText(ms)
}

/** A whole number with commas between thousands. */
export const countText = (count: number): string =>
  Math.round(count)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, ',')

export const rateText = (perSecond: number): string =>
  perSecond > 0 && perSecond < 100 ? perSecond.toFixed(1) : countText(perSecond)

/** A share as a percentage; what is not zero never looks like it. */
export function percentText(share: number): string {
  const percent = share * 100
  if (percent === 0) return '0 %'
  if (percent < 0.01) return '<0.01 %'
  return `${percent < 10 ? percent.toFixed(2) : percent.toFixed(1)} %`
}

/** Minutes and seconds: 12:05. */
export const clockText = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
