/** `*` stands for any characters, slashes included, `?` for one; never slower than the product of both lengths. */
export function wildcardMatch(pattern: string, text: string): boolean {
  let at = 0
  let star = -1
  let resume = 0
  let index = 0
  while (index < text.length) {
    if (pattern[at] === '*') {
      star = at
      resume = index
      at += 1
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[index])) {
      at += 1
      index += 1
    } else if (star !== -1) {
      at = star + 1
      resume += 1
      index = resume
    } else {
      return false
    }
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}
