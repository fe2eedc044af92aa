import { describe, expect, it } from 'vitest'
import { unfoldForm } from './query-form.ts'

const unfold = (form: string): unknown =>
  JSON.parse(JSON.stringify(unfoldForm(new URLSearchParams(form))))

describe('unfoldForm', () => {
  it.each<[string, string, unknown]>([
    ['texts', 'Action=A&Version=1&StackName=s&Empty=', { StackName: 's', Empty: '' }],
    ['lists', 'L.member.1=a&L.member.2=b', { L: ['a', 'b'] }],
    ['lists out of order', 'L.member.10=b&L.member.9=a', { L: ['a', 'b'] }],
    ['flattened lists', 'L.1=a&L.2=b', { L: ['a', 'b'] }],
    [
      'lists of structures',
      'P.member.1.Key=k&P.member.1.Value=v',
      { P: [{ Key: 'k', Value: 'v' }] },
    ],
    ['maps', 'M.entry.1.key=k&M.entry.1.value=v', { M: { k: 'v' } }],
    ['structures', 'S.A.B=1&S.A.C=2', { S: { A: { B: '1', C: '2' } } }],
    ['numbered members beside others', 'S.1=a&S.X=b', { S: { 1: 'a', X: 'b' } }],
  ])('unfolds %s', (_name, form, wanted) => {
    expect(unfold(form)).toEqual(wanted)
  })

  it('keeps names that objects inherit as plain data', () => {
    const unfolded = unfoldForm(new URLSearchParams('__proto__.x=1&constructor=2'))

    expect(Object.keys(unfolded)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  it.each([`a${'.b'.repeat(40)}=1`, 'L.member.x=1'])('refuses %s', (form) => {
    expect(() => unfold(form)).toThrow('is not valid')
  })
})
