import { describe, expect, it } from 'vitest'
import { chooseLanguage } from './language.ts'

describe('the language of a page', () => {
  it.each([
    ['es', 'en', 'es'],
    ['es-MX', undefined, 'es'],
    ['fr', 'es-ES,en;q=0.5', 'es'],
    [null, 'en;q=0.4, es;q=0.9', 'es'],
    [null, 'fr, de', 'en'],
    [null, 'es;q=0, en', 'en'],
    [null, undefined, 'en'],
    ['__proto__', 'constructor', 'en'],
  ])('is, for lang=%s and Accept-Language %s, %s', (lang, accept, expected) => {
    expect(chooseLanguage(lang, accept)).toBe(expected)
  })
})
