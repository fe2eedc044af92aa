const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)

const clockTime = (at: Date): string =>
  `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`

let lastSecond = -1
let lastText = ''

/** `12/Mar/2020:19:03:58 +0000`, as `requestTime` and `time` show it; written once a second. */
export function requestTime(nowMs: number): string {
  const second = Math.floor(nowMs / 1000)
  if (second !== lastSecond) {
    const at = new Date(nowMs)
    const date = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()] ?? ''}/${at.getUTCFullYear()}`
    lastText = `${date}:${clockTime(at)} +0000`
    lastSecond = second
  }
  return lastText
}

/** `Mon Jan 16 20:37:35 UTC 2017`, as REST APIs show the times in a token's claims. */
export function claimTime(seconds: number): string {
  const at = new Date(seconds * 1000)
  const day = `${DAYS[at.getUTCDay()] ?? ''} ${MONTHS[at.getUTCMonth()] ?? ''} ${two(at.getUTCDate())}`
  return `${day} ${clockTime(at)} UTC ${at.getUTCFullYear()}`
}
