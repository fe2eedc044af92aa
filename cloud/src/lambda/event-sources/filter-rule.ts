/** Tries a rule on the leaves found at its place: none when the member is absent. */
export type LeafTest = (leaves: readonly unknown[]) => boolean

type Test = (value: unknown) => boolean

/**
 * Compiles one rule of a filter's list: a text, number, boolean or null to equal, or an object of one operator
 * ("Lambda event filtering", filter rule syntax).
 *
 * @returns the test, or a sentence saying what is wrong with the rule
 */
export function compileRule(rule: unknown): LeafTest | string {
  if (rule === null || ['string', 'number', 'boolean'].includes(typeof rule)) {
    return anyLeaf((value) => value === rule)
  }
  if (typeof rule !== 'object' || Array.isArray(rule)) return 'a list may not hold another list'
  const entries = Object.entries(rule ?? {})
  const [entry] = entries
  if (entry === undefined || entries.length > 1) return 'a rule has exactly one operator'
  return compileOperator(entry[0], entry[1])
}

function compileOperator(operator: string, operand: unknown): LeafTest | string {
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') return '"exists" takes true or false'
      return (leaves) => leaves.length > 0 === operand
    case 'anything-but':
      return orSentence(anythingBut(operand))
    case 'numeric':
      return orSentence(numeric(operand))
    default:
      return orSentence(textTest(operator, operand))
  }
}

const anyLeaf =
  (test: Test): LeafTest =>
  (leaves) =>
    leaves.some(test)

const orSentence = (test: Test | string): LeafTest | string =>
  typeof test === 'string' ? test : anyLeaf(test)

/** `prefix`, `suffix` (each also ignoring case) and `equals-ignore-case`. */
function textTest(operator: string, operand: unknown): Test | string {
  const ignoring = ignoreCaseOperand(operand)
  const wanted = ignoring ?? operand
  const fold = (value: string): string => (ignoring === undefined ? value : value.toLowerCase())
  if (operator === 'prefix' || operator === 'suffix') {
    if (typeof wanted !== 'string') return `"${operator}" takes a text`
    const end = fold(wanted)
    return operator === 'prefix'
      ? (value) => typeof value === 'string' && fold(value).startsWith(end)
      : (value) => typeof value === 'string' && fold(value).endsWith(end)
  }
  if (operator === 'equals-ignore-case') {
    if (typeof operand !== 'string') return '"equals-ignore-case" takes a text'
    const lower = operand.toLowerCase()
    return (value) => typeof value === 'string' && value.toLowerCase() === lower
  }
  return `"${operator}" is no operator of event source mappings`
}

function ignoreCaseOperand(operand: unknown): string | undefined {
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand)) return undefined
  const [entry, ...others] = Object.entries(operand)
  const fits = others.length === 0 && entry?.[0] === 'equals-ignore-case'
  return fits && typeof entry[1] === 'string' ? entry[1] : undefined
}

/** `anything-but`: a value, a list of values, or `{"prefix": …}` and the like; the member must be there. */
function anythingBut(operand: unknown): Test | string {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const entries = Object.entries(operand)
    const [entry] = entries
    if (entry === undefined || entries.length > 1) return '"anything-but" takes one operator'
    const choices: unknown[] = Array.isArray(entry[1]) ? entry[1] : [entry[1]]
    const tests = choices.map((each) => textTest(entry[0], each))
    const wrong = tests.find((test) => typeof test === 'string')
    if (wrong !== undefined) return wrong
    return (value) => !tests.some((test) => typeof test !== 'string' && test(value))
  }
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand]
  const simple = values.every((value) => ['string', 'number'].includes(typeof value))
  if (values.length === 0 || !simple) return '"anything-but" takes texts or numbers'
  return (value) => !values.includes(value)
}

const comparisons: ReadonlyMap<unknown, (value: number, bound: number) => boolean> = new Map([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
])

/** `numeric`: one or two comparisons. DynamoDB's numbers travel as text, so that they never match ("N"). */
function numeric(operand: unknown): Test | string {
  const wrong = '"numeric" takes comparisons and numbers in turn, for example [">", 0, "<=", 5]'
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) return wrong
  const tests: ((value: number) => boolean)[] = []
  for (let at = 0; at < operand.length; at += 2) {
    const compare = comparisons.get(operand[at])
    const bound: unknown = operand[at + 1]
    if (compare === undefined || typeof bound !== 'number') return wrong
    tests.push((value) => compare(value, bound))
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value))
}
