/** What the dashboard hides is what the API refuses: its table of roles is the API's. */
import { expect, test } from 'vitest'
import { PERMISSIONS, permissionsOf, ROLES } from '../../dashboard/src/sign-in/permissions.ts'
import * as console from '../../functions/serve-console/http/permissions.ts'

test('roles and permissions are those of the API', () => {
  expect(ROLES).toEqual(console.ROLES)
  expect(PERMISSIONS).toEqual(Object.keys(console.PERMISSIONS))
})

test.each(ROLES)('%s may do and see the same', (role) => {
  expect(PERMISSIONS.filter((each) => permissionsOf([role]).has(each))).toEqual(
    PERMISSIONS.filter((each) => console.mayDo([role], each)),
  )
  expect(permissionsOf([role]).has('disclose')).toBe(console.seesUnmasked([role]))
})
