/** What every `switch` on a closed union ends in: a new member that is not handled fails the type check, and at run time says what came. */
export function assertNever(value: never): never {
  throw new TypeError(`expected a known case, got ${JSON.stringify(value)}; a new case must be handled here`)
}
