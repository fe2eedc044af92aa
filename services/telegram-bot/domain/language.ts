export type Language = 'en' | 'es'

/** The language of an IETF tag such as `es-AR`; English for all that is not Spanish. */
export const languageOf = (tag: string | undefined): Language =>
  tag?.toLowerCase().split('-')[0] === 'es' ? 'es' : 'en'

/** The language that a person names, in either. */
export function namedLanguage(text: string): Language | undefined {
  const name = text.trim().toLowerCase()
  if (['en', 'english', 'inglés', 'ingles'].includes(name)) return 'en'
  if (['es', 'spanish', 'español', 'espanol'].includes(name)) return 'es'
  return undefined
}
