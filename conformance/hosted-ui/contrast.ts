/** Looked at inside a page: these are texts, because a browser's globals are not this program's. */

/** Texts whose contrast with their ground is below 4.5 (WCAG 2.2, 1.4.3). */
export const contrastProblems = `(() => {
  const parse = (text) => {
    const [r, g, b, a = 1] = (text.match(/[\\d.]+/g) ?? []).map(Number)
    return [r, g, b, a]
  }
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((each) => {
      const part = each / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const groundOf = (element) => {
    for (let each = element; each !== null; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor)
      if (colour[3] === 1) return colour
    }
    return [255, 255, 255, 1]
  }
  return [...document.body.querySelectorAll('*')].flatMap((element) => {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    )
    if (!own) return []
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(groundOf(element))]
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    return contrast < 4.5 ? [element.textContent.trim() + ': ' + contrast.toFixed(2)] : []
  })
})()`

/** Ids of fields without a label. */
export const unlabelledFields = `
  [...document.querySelectorAll('input:not([type=hidden])')]
    .filter((each) => each.labels.length === 0)
    .map(({ id }) => id)`
