import type { AttributeValue } from '../values/index.ts'
import type {
  Assignment,
  Expression,
  OrderBy,
  PathSteps,
  Returning,
  Select,
  Statement,
  TableReference,
} from './ast.ts'
import { Cursor, invalid } from './cursor.ts'
import { NotWellFormed } from './lexer.ts'
import { parseExpression, parsePath } from './parse-expression.ts'

/**
 * Parses one statement, its `?` filled in.
 *
 * @throws AwsError ValidationException; the sentences were observed on DynamoDB Local 3.3 where AWS's pages give none
 */
export function parseStatement(text: string, parameters: readonly AttributeValue[]): Statement {
  try {
    const cursor = new Cursor(text, parameters)
    const parsed = statement(cursor)
    cursor.symbol(';')
    if (cursor.token.kind !== 'end') throw new NotWellFormed()
    if (cursor.used !== parameters.length) {
      throw invalid("Number of parameters in request and statement don't match.")
    }
    return parsed
  } catch (error) {
    if (!(error instanceof NotWellFormed)) throw error
    throw invalid(`Statement wasn't well formed, can't be processed: ${text}`)
  }
}

function statement(cursor: Cursor): Statement {
  if (cursor.keyword('select')) return select(cursor)
  if (cursor.keyword('insert')) return insert(cursor)
  if (cursor.keyword('update')) return update(cursor)
  if (cursor.keyword('delete')) {
    cursor.expectKeyword('from')
    const from = tableReference(cursor)
    const where = whereClause(cursor)
    return { kind: 'delete', from, where, returning: returningClause(cursor) }
  }
  if (cursor.keyword('exists')) {
    cursor.expectSymbol('(')
    cursor.expectKeyword('select')
    const inner = select(cursor)
    cursor.expectSymbol(')')
    return { kind: 'exists', select: inner }
  }
  throw new NotWellFormed()
}

function tableReference(cursor: Cursor): TableReference {
  const table = cursor.identifier()
  const index = cursor.symbol('.') ? cursor.identifier() : undefined
  if (cursor.isSymbol('.')) {
    throw invalid('A path may contain at most 2 components in the FROM clause')
  }
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(table) && !table.startsWith('arn:')) {
    throw invalid(
      "Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.",
    )
  }
  if (cursor.isKeyword('as') || cursor.token.kind === 'quoted' || isAlias(cursor)) {
    throw invalid('Aliasing is not supported')
  }
  return { table, index }
}

const clauses: ReadonlySet<string> = new Set(
  'where order group limit having set remove value values returning on'.split(' '),
)
const isAlias = (cursor: Cursor): boolean =>
  cursor.token.kind === 'word' && !clauses.has(cursor.token.word)

function select(cursor: Cursor): Select {
  if (cursor.isKeyword('distinct')) {
    throw invalid('Unsupported token in expression: DISTINCT')
  }
  const after = cursor.peek(1)
  const isPlainName = after?.kind === 'symbol' && (after.text === ',' || after.text === '.')
  if (
    cursor.isKeyword('pivot') ||
    (cursor.isKeyword('value') && !isPlainName && after?.word !== 'from')
  ) {
    throw invalid("Select projection doesn't support value or pivot keywords")
  }
  const paths = projection(cursor)
  cursor.expectKeyword('from')
  const from = tableReference(cursor)
  if (cursor.isSymbol(',')) {
    throw invalid('Only select from a single table or index is supported.')
  }
  const where = whereClause(cursor)
  if (cursor.isKeyword('group')) throw invalid('Unsupported clause: GROUP BY')
  const orderBy = orderByClause(cursor)
  const { place } = cursor.peek(1) ?? cursor.token
  if (cursor.isKeyword('limit')) throw invalid(`Unsupported clause: LIMIT at ${place}`)
  return { kind: 'select', from, paths, where, orderBy }
}

function projection(cursor: Cursor): PathSteps[] | undefined {
  if (cursor.symbol('*')) return undefined
  const paths: PathSteps[] = []
  do {
    const item = parseExpression(cursor)
    if (item.kind !== 'path') throw invalid(`Unexpected path component at ${item.place}`)
    if (!cursor.isKeyword('from') && !cursor.isSymbol(',')) {
      if (cursor.isKeyword('as') || cursor.token.kind === 'word') {
        throw invalid('Aliasing is not supported')
      }
      throw new NotWellFormed()
    }
    paths.push(item.steps)
  } while (cursor.symbol(','))
  return paths
}

const whereClause = (cursor: Cursor): Expression | undefined =>
  cursor.keyword('where') ? parseExpression(cursor) : undefined

function orderByClause(cursor: Cursor): OrderBy[] {
  if (!cursor.keyword('order')) return []
  cursor.expectKeyword('by')
  const order: OrderBy[] = []
  do {
    const [attribute, ...further] = parsePath(cursor)
    if (further.length > 0) throw new NotWellFormed()
    const descending = cursor.keyword('desc')
    if (!descending) cursor.keyword('asc')
    order.push({ attribute, descending })
  } while (cursor.symbol(','))
  return order
}

function insert(cursor: Cursor): Statement {
  cursor.expectKeyword('into')
  const into = tableReference(cursor)
  if (into.index !== undefined) {
    throw invalid(
      'FROM clause may only contain a single table name in data manipulation statements',
    )
  }
  if (cursor.isSymbol('{') || cursor.isSymbol('<<'))
    throw invalid('Unsupported operation: InsertOp')
  cursor.expectKeyword('value')
  const item = parseExpression(cursor)
  if (cursor.isKeyword('returning')) throw invalid('RETURNING is not supported in INSERT')
  return { kind: 'insert', into, item }
}

function update(cursor: Cursor): Statement {
  const of = tableReference(cursor)
  const assignments: Assignment[] = []
  for (;;) {
    if (cursor.keyword('set')) {
      do {
        const path = parsePath(cursor)
        cursor.expectSymbol('=')
        assignments.push({ kind: 'set', path, value: parseExpression(cursor) })
      } while (cursor.symbol(','))
    } else if (cursor.keyword('remove')) {
      assignments.push({ kind: 'remove', path: parsePath(cursor) })
    } else break
  }
  if (assignments.length === 0) throw new NotWellFormed()
  const where = whereClause(cursor)
  return { kind: 'update', of, assignments, where, returning: returningClause(cursor) }
}

function returningClause(cursor: Cursor): Returning | undefined {
  if (!cursor.keyword('returning')) return undefined
  const what = cursor.next().word
  const which = cursor.next().word
  if ((what !== 'all' && what !== 'modified') || (which !== 'old' && which !== 'new')) {
    throw new NotWellFormed()
  }
  if (!cursor.symbol('*')) {
    throw invalid("Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause")
  }
  if (cursor.isSymbol(',')) {
    throw invalid('Invalid syntax with multiple returning elements in RETURNING clause')
  }
  return { what: what === 'all' ? 'ALL' : 'MODIFIED', which: which === 'old' ? 'OLD' : 'NEW' }
}
