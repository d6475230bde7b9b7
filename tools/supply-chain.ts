/**
 * What the lock file says of everything that is installed: under which licence it comes, and whether it runs a script when it is
 * installed. Pure; tools/sbom.ts and test/tools/supply-chain.test.ts ask.
 */

type LockedPackage = {
  readonly version?: string
  readonly license?: string
  readonly hasInstallScript?: boolean
  readonly link?: boolean
}
/** Of package-lock.json, by the path below the repository; `''` is the repository itself. */
export type LockFile = { readonly packages: Readonly<Record<string, LockedPackage>> }

/** Licences that what we install may have, and why those that ask for something are no burden here. */
export const LICENCES: Readonly<Record<string, string>> = {
  MIT: 'asks for its notice',
  'MIT-0': 'asks for nothing',
  'Apache-2.0': 'asks for its notice',
  ISC: 'asks for its notice',
  'BSD-3-Clause': 'asks for its notice',
  'BlueOak-1.0.0': 'asks for its notice',
  'Python-2.0': 'asks for its notice; in tools only',
  '0BSD': 'asks for nothing',
  Unlicense: 'asks for nothing',
  'OFL-1.1': 'a font, given on unchanged',
  'CC-BY-4.0': 'the map of the provinces; named in docs/adr/0041-a-map-of-34-shapes.md',
  'MPL-2.0': 'in tools and tests only, unchanged',
  'LGPL-3.0+': 'openpgp, used unchanged and replaceable in our own functions; nothing is handed on',
}

/** What may run a script when it is installed, and why. */
export const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  esbuild: 'checks that its binary fits the machine',
}

type Finding = { readonly name: string; readonly what: string }

export function findingsIn(lock: LockFile): readonly Finding[] {
  return installed(lock).flatMap(({ name, license, hasInstallScript }) => [
    ...(isAllowed(license) ? [] : [{ name, what: `licence ${license ?? 'none'}` }]),
    ...(hasInstallScript === true && !(name in INSTALL_SCRIPTS)
      ? [{ name, what: 'runs a script when installed' }]
      : []),
  ])
}

/** How many come under each licence, the most frequent first. */
export function licenceCounts(lock: LockFile): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { license = 'none' } of installed(lock)) counts.set(license, (counts.get(license) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}

/** Everything from elsewhere, by the name it is imported under; our own workspaces and links to them are not. */
function installed({ packages }: LockFile): readonly (LockedPackage & { readonly name: string })[] {
  return Object.entries(packages)
    .filter(([place, { link }]) => place.includes('node_modules/') && link !== true)
    .map(([place, one]) => ({ ...one, name: place.slice(place.lastIndexOf('node_modules/') + 13) }))
}

/** One of several that we may choose among is enough. */
function isAllowed(license: string | undefined): boolean {
  const choices = (license ?? '').replace(/^\((.*)\)$/, '$1').split(' OR ')
  return choices.some((choice) => Object.hasOwn(LICENCES, choice))
}
