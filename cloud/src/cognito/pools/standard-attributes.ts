import type { SchemaAttribute } from './pool.ts'

const textual = (Name: string, MinLength = '0', MaxLength = '2048'): SchemaAttribute => ({
  Name,
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength, MaxLength },
})
const flag = (Name: string): SchemaAttribute => ({
  Name,
  AttributeDataType: 'Boolean',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
})

/** "Working with user attributes": the attributes that every pool has, as DescribeUserPool lists them. */
export const standardAttributes: readonly SchemaAttribute[] = [
  { ...textual('sub', '1'), Mutable: false, Required: true },
  textual('name'),
  textual('given_name'),
  textual('family_name'),
  textual('middle_name'),
  textual('nickname'),
  textual('preferred_username'),
  textual('profile'),
  textual('picture'),
  textual('website'),
  textual('email'),
  flag('email_verified'),
  textual('gender'),
  textual('birthdate', '10', '10'),
  textual('zoneinfo'),
  textual('locale'),
  textual('phone_number'),
  flag('phone_number_verified'),
  textual('address'),
  {
    Name: 'updated_at',
    AttributeDataType: 'Number',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: '0' },
  },
]
