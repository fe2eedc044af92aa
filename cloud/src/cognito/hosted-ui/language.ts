import { english, type Texts } from './texts/english.ts'
import { spanish } from './texts/spanish.ts'

export const languages = ['en', 'es'] as const
export type Language = (typeof languages)[number]

export const textsOf = (language: Language): Texts => texts[language]

const texts: Readonly<Record<Language, Texts>> = { en: english, es: spanish }

const known = (tag: string): Language | undefined => {
  const primary = tag.trim().toLowerCase().split(/[-_]/)[0]
  return languages.find((each) => each === primary)
}

/** The page's language: `lang` in the address ("Managed login localization"), what the browser prefers, or English. */
export function chooseLanguage(lang: string | null, acceptLanguage: string | undefined): Language {
  const asked = lang === null ? undefined : known(lang)
  if (asked !== undefined) return asked
  const preferred = (acceptLanguage ?? '')
    .split(',')
    .map((each) => {
      const [tag = '', ...parameters] = each.split(';')
      const q = parameters
        .map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1])
        .find((p) => p !== undefined)
      return { tag, weight: q === undefined ? 1 : Number(q) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { tag } of preferred) {
    const found = known(tag)
    if (found !== undefined) return found
  }
  return 'en'
}
