import { beforeEach, describe, expect, it } from 'vitest'
import { testEngine, type TestEngine } from '../test-engine.ts'

let engine: TestEngine

beforeEach(async () => {
  engine = testEngine()
  await engine.call('CreateTable', {
    TableName: 'Music',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'a', AttributeType: 'S' },
      { AttributeName: 'b', AttributeType: 'N' },
      { AttributeName: 'g', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'a', KeyType: 'HASH' },
      { AttributeName: 'b', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'gix',
        KeySchema: [
          { AttributeName: 'g', KeyType: 'HASH' },
          { AttributeName: 'b', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  })
  await run("INSERT INTO Music VALUE {'a':'x','b':1,'g':'q','l':[1,2],'m':{'k':'v'},'s':<<'p'>>}")
  await run("INSERT INTO Music VALUE {'a':'x','b':2,'n':null}")
  await run("INSERT INTO Music VALUE {'a':?,'b':?,'g':'q'}", [{ S: 'y' }, { N: '7' }])
})

async function run(
  statement: string,
  parameters?: object[],
  more: object = {},
): Promise<Record<string, unknown>> {
  const input = { Statement: statement, Parameters: parameters, ...more }
  return (await engine.call('ExecuteStatement', input)) as Record<string, unknown>
}

async function keys(statement: string, parameters?: object[]): Promise<string[]> {
  const { Items: items } = await run(statement, parameters)
  return (items as { a: { S: string }; b: { N: string } }[]).map(({ a, b }) => a.S + b.N)
}

describe('ExecuteStatement: SELECT', () => {
  it.each([
    ["SELECT * FROM Music WHERE a='x'", ['x1', 'x2']],
    ["SELECT * FROM Music WHERE a='x' ORDER BY b DESC", ['x2', 'x1']],
    ["SELECT * FROM Music WHERE a='x' AND b > 1", ['x2']],
    ["SELECT * FROM Music WHERE a='x' AND b BETWEEN 1 AND 1.0", ['x1']],
    ["SELECT * FROM Music WHERE a='x' AND b IN (2, 3)", ['x2']],
    ["SELECT * FROM Music WHERE a IN ['y','x','x'] ORDER BY a DESC", ['y7', 'x1', 'x2']],
    ['SELECT * FROM "Music"."gix" WHERE g=\'q\' ORDER BY b DESC', ['y7', 'x1']],
    ['SELECT * FROM Music WHERE n IS NULL', ['x2']],
    ['SELECT * FROM Music WHERE g IS MISSING', ['x2']],
    ["SELECT * FROM Music WHERE g IS NOT MISSING AND NOT a = 'y'", ['x1']],
    ["SELECT * FROM Music WHERE contains(s, 'p') AND size(l) = 2", ['x1']],
    ["SELECT * FROM Music WHERE begins_with(a, 'y') OR m.k = 'v'", ['x1', 'y7']],
    ["SELECT * FROM Music WHERE attribute_type(l, 'L') -- a comment", ['x1']],
    ["SELECT * FROM Music WHERE m = {'k':'v'} AND l = [1, 2]", ['x1']],
  ])('%s', async (statement, expected) => {
    const found = await keys(statement)

    expect(statement.includes('ORDER') ? found : found.toSorted()).toEqual(expected)
  })

  it('projects paths under their last name, list elements with their index', async () => {
    const { Items: items } = await run("SELECT m.k, l[1], a FROM Music WHERE a='x' AND b=1")

    expect(items).toEqual([{ k: { S: 'v' }, 'l[1]': { N: '2' }, a: { S: 'x' } }])
  })

  it('pages by Limit and NextToken, over several partitions too', async () => {
    const statement = "SELECT * FROM Music WHERE a IN ['x','y']"
    const seen: unknown[] = []
    let token: unknown
    do {
      const page = await run(statement, undefined, { Limit: 1, NextToken: token })
      seen.push(...(page.Items as unknown[]))
      token = page.NextToken
    } while (token !== undefined)

    expect(seen).toHaveLength(3)
  })

  it('takes a token only with its statement', async () => {
    const { NextToken: token } = await run('SELECT * FROM Music', undefined, { Limit: 1 })

    expect(
      await engine.refusal('ExecuteStatement', {
        Statement: 'SELECT a FROM Music',
        NextToken: token,
      }),
    ).toBe('ValidationException: Invalid NextToken')
  })

  it('tells the capacity of the index it read', async () => {
    const answer = await run("SELECT * FROM Music.gix WHERE g='q'", undefined, {
      ReturnConsumedCapacity: 'INDEXES',
    })

    expect(answer.ConsumedCapacity).toEqual({
      TableName: 'Music',
      CapacityUnits: 0.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { gix: { CapacityUnits: 0.5 } },
    })
  })
})

describe('ExecuteStatement: writes', () => {
  it.each([
    ['SET c=1+2 RETURNING', "SET c=1+2 WHERE a='x' AND b=1", { c: { N: '3' } }],
    [
      'list_append',
      "SET l=list_append(l,[3]) WHERE a='x' AND b=1",
      { l: { L: [{ N: '1' }, { N: '2' }, { N: '3' }] } },
    ],
    ['set_add', "SET s=set_add(s,<<'z'>>) WHERE a='x' AND b=1", { s: { SS: ['p', 'z'] } }],
    [
      'several clauses',
      "SET c=true SET m.j='w' REMOVE l WHERE a='x' AND b=1 AND g='q'",
      { c: { BOOL: true }, m: { M: { k: { S: 'v' }, j: { S: 'w' } } } },
    ],
  ])('UPDATE: %s', async (_name, rest, expected) => {
    const { Items: items } = await run(`UPDATE Music ${rest} RETURNING MODIFIED NEW *`)

    expect(items).toEqual([expected])
  })

  it('takes the last member of a set away with the attribute', async () => {
    const { Items: items } = await run(
      "UPDATE Music SET s=set_delete(s,<<'p'>>) WHERE a='x' AND b=1 RETURNING ALL NEW *",
    )

    expect((items as object[])[0]).not.toHaveProperty('s')
  })

  it('deletes, tells the old item, and is content when there is none', async () => {
    const deletion = "DELETE FROM Music WHERE a='y' AND b=7 AND g='q' RETURNING ALL OLD *"

    expect((await run(deletion)).Items).toEqual([{ a: { S: 'y' }, b: { N: '7' }, g: { S: 'q' } }])
    expect((await run(deletion)).Items).toEqual([])
  })
})

const notWellFormed = (text: string): string =>
  `ValidationException: Statement wasn't well formed, can't be processed: ${text}`

describe('ExecuteStatement: what is refused', () => {
  it.each([
    [
      "INSERT INTO Music VALUE {'a':'x','b':1}",
      'DuplicateItemException: Duplicate primary key exists in table',
    ],
    [
      "INSERT INTO Music VALUE {'a':'x'}",
      'ValidationException: Key attribute should be present in the item: Key b',
    ],
    [
      "INSERT INTO Music VALUE {'a':'x','b':1,'b':2}",
      'ValidationException: Duplicate keys in tuple. Key: b under root at 1:40:3',
    ],
    [
      "INSERT INTO Music VALUE {'a':'x','b':9,'c':<<>>}",
      'ValidationException: Empty bags are not supported at 1:44:2',
    ],
    [
      "UPDATE Music SET q=1 WHERE a='x'",
      'ValidationException: Where clause does not contain a mandatory equality on all key attributes',
    ],
    [
      "UPDATE Music SET q=1 WHERE a='z' AND b=1",
      'ConditionalCheckFailedException: The conditional request failed',
    ],
    [
      "UPDATE Music SET q=1, q=2 WHERE a='x' AND b=1",
      'ValidationException: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [q], path two: [q]',
    ],
    [
      "UPDATE Music SET q=foo(1) WHERE a='x' AND b=1",
      'ValidationException: Unrecognized function: foo',
    ],
    [
      "DELETE FROM Music WHERE a='x' AND b=1 AND q=5",
      'ConditionalCheckFailedException: The conditional request failed',
    ],
    [
      "DELETE FROM Music WHERE a='x' AND b=1 RETURNING ALL NEW *",
      'ValidationException: Invalid returning clause: RETURNING ALL NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.',
    ],
    ['SELECT * FROM Nope', 'ResourceNotFoundException: Requested resource not found'],
    [
      'SELECT * FROM Music ORDER BY b',
      'ValidationException: Must have WHERE clause in the statement when using ORDER BY clause.',
    ],
    [
      "SELECT * FROM Music WHERE a='x' LIMIT 1",
      'ValidationException: Unsupported clause: LIMIT at 1:39:1',
    ],
    ['SELECT a, m.a FROM Music', 'ValidationException: Duplicate identifiers in select clause: a'],
    [
      'SELECT * FROM Music WHERE a = MISSING',
      'ValidationException: MISSING must be compared using IS operator',
    ],
    [
      'SELECT * FROM Music WHERE a',
      'ValidationException: WHERE clause must contain an expression that resolves to a boolean',
    ],
    [
      'SELECT * FROM Music WHERE a = ?',
      "ValidationException: Number of parameters in request and statement don't match.",
    ],
    [
      "EXISTS(SELECT * FROM Music WHERE a='x')",
      'ValidationException: EXISTS can only be used in ExecuteTransaction write requests.',
    ],
    ['SELECT date FROM Music', notWellFormed('SELECT date FROM Music')],
    ["SELECT * FROM Music WHERE a = 'x", notWellFormed("SELECT * FROM Music WHERE a = 'x")],
    [
      `SELECT * FROM Music WHERE ${'('.repeat(4000)}`,
      notWellFormed(`SELECT * FROM Music WHERE ${'('.repeat(4000)}`),
    ],
  ])('%s', async (statement, expected) => {
    expect(await engine.refusal('ExecuteStatement', { Statement: statement })).toBe(expected)
  })
})
