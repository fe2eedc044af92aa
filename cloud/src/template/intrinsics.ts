import type { Intrinsic } from './intrinsics/intrinsic.ts'
import { availabilityZones, select } from './intrinsics/lists.ts'
import {
  and,
  conditionReference,
  contains,
  eachMemberEquals,
  eachMemberIn,
  equals,
  ifElse,
  not,
  or,
} from './intrinsics/logic.ts'
import { findInMap, getAtt, importValue, ref } from './intrinsics/references.ts'
import { base64, join, split, sub } from './intrinsics/text.ts'
import { functionProblem } from './template-error.ts'

const refused =
  (reason: string): Intrinsic =>
  (_argument, _context, path) => {
    throw functionProblem(path, `is not simulated${reason}`)
  }

/** Every intrinsic function that a template may use, by the key of its object. */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map([
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::Sub', sub],
  ['Fn::Join', join],
  ['Fn::Split', split],
  ['Fn::Select', select],
  ['Fn::If', ifElse],
  ['Fn::FindInMap', findInMap],
  ['Fn::Base64', base64],
  ['Fn::ImportValue', importValue],
  ['Fn::GetAZs', availabilityZones],
  ['Fn::Cidr', refused(': there are no networks here')],
  ['Fn::Transform', refused(' (macros)')],
])

/** What may stand in Conditions and Rules besides. */
export const conditionIntrinsics: ReadonlyMap<string, Intrinsic> = new Map([
  ...intrinsics,
  ['Condition', conditionReference],
  ['Fn::Equals', equals],
  ['Fn::And', and],
  ['Fn::Or', or],
  ['Fn::Not', not],
  ['Fn::Contains', contains],
  ['Fn::EachMemberEquals', eachMemberEquals],
  ['Fn::EachMemberIn', eachMemberIn],
])
