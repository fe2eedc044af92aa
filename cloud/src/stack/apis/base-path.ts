/** The tag by which a template says where the front door mounts an API. */
export const basePathTag = 'cloudlet:base-path'

type Mounted = {
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  /** From a base-path or API mapping. */
  readonly mapped: string | undefined
}

/**
 * Where the front door mounts an API: its tag, else its mapping, else its name in lower case with dashes. Without
 * slashes; empty mounts it at the root.
 */
export function basePathOf({ name, tags, mapped }: Mounted): string {
  const tagged = Object.hasOwn(tags, basePathTag) ? tags[basePathTag] : undefined
  const chosen = tagged ?? mapped
  if (chosen === '(none)') return ''
  return chosen === undefined ? slug(name) : chosen.replaceAll(/^\/+|\/+$/g, '')
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
