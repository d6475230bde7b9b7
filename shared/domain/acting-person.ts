/**
 * Who acted, as the token said, in words that survive the deletion of the user: the issuer and its opaque subject, and the name.
 * Pure. Which claims these are is the console's business (functions/serve-console/serve-console.ts).
 */
export type ActingPerson = {
  readonly issuer: string | null
  readonly subject: string
  readonly name: string | null
}

/** In the place of a subject, where a token names none. */
export const UNNAMED_SUBJECT = 'unnamed'

/**
 * One account, or two accounts of one name: somebody who was invited anew has another subject and is no second person. Two
 * colleagues of exactly one name count as one, too: they have their names told apart where users are kept.
 */
export function isSamePerson(a: ActingPerson, b: ActingPerson): boolean {
  const isSameIssuer = a.issuer === b.issuer || a.issuer === null || b.issuer === null
  if (a.subject === b.subject && isSameIssuer) return true
  return a.name !== null && b.name !== null && plainName(a.name) === plainName(b.name)
}

/**
 * What a person's acts are counted under: the account, and the name, so that neither a second account nor a new name begins anew.
 * Two people of whom `isSamePerson` is true have one of them in common, but for acts of before issuers were kept.
 */
export function countedUnder({ issuer, subject, name }: ActingPerson): readonly string[] {
  const account = `account ${JSON.stringify([issuer, subject])}`
  return name === null ? [account] : [account, `name ${plainName(name)}`]
}

/** However it is spaced and capitalised. */
function plainName(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
}
