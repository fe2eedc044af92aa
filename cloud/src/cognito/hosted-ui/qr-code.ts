import { html, type Html } from './html.ts'

/** "QR Code bar code symbology" (ISO/IEC 18004): four modules of quiet zone on every side. */
const quietModules = 4

/**
 * A text as a QR code that a camera can read, drawn as one path: the pages may load no images. The library is loaded
 * when the first code is drawn, for few people ever see one.
 */
export async function qrCode(text: string, label: string): Promise<Html> {
  const { create } = await import('qrcode')
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const dark = (row: number, column: number): boolean => data[row * size + column] === 1
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (dark(row, column)) path += `M${column} ${row}h1v1h-1z`
    }
  }
  const from = String(-quietModules)
  const length = String(size + 2 * quietModules)
  return html`<svg
    class="qr"
    role="img"
    aria-label="${label}"
    viewBox="${from} ${from} ${length} ${length}"
    shape-rendering="crispEdges"
  >
    <path d="${path}" />
  </svg>`
}
