import { describe, expect, it } from 'vitest'
import { escapeHtml, html } from './html.ts'

describe('html', () => {
  it('escapes what is put into it', () => {
    const name = `"><script>alert('1')</script>&\``

    const { text } = html`<a title="${name}">${name}</a>`

    expect(text).toBe(
      `<a title="${escapeHtml(name)}">${escapeHtml(name)}</a>`, // both places by the same rule
    )
    expect(text).not.toContain('<script>')
    expect(escapeHtml(name)).toBe(
      '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&#96;',
    )
  })

  it('takes pieces of HTML and lists of them as they are, and leaves nothing for what is absent', () => {
    const items = ['a', '<b>'].map((each) => html`<li>${each}</li>`)

    const { text } = html`<ul>
      ${items}${undefined}${false}
    </ul>`

    expect(text.replaceAll(/\s+/g, '')).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>')
  })
})
