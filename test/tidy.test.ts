/**
 * The repository checks itself: who may import whom, and the rules that a machine can hold better than a reviewer.
 * Reads files and runs nothing. What compiler, Biome and knip already hold is not repeated here.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
const LEFT_OUT = [
  'node_modules',
  'cdk.out',
  'dist',
  '.git',
  '.hub',
  '.building',
  '.building-dashboard',
  'screenshots',
  '.installing',
]
const files = globSync('**/*', { cwd: ROOT, withFileTypes: true, exclude: (entry) => LEFT_OUT.includes(entry.name) })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.png'))
  .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
  .sort()
const texts = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]))
const code = files.filter((file) => /\.(ts|mjs)$/.test(file))
const deployed = code.filter((file) => /^(functions|shared)\//.test(file))

const textOf = (file: string) => texts.get(file) ?? ''
const holding = (among: readonly string[], pattern: RegExp) => among.filter((file) => pattern.test(textOf(file)))

test('there is something to check', () => {
  expect(deployed.length).toBeGreaterThan(100)
})

describe('who imports whom', () => {
  const IMPORT = /^(?:import\s*|(?:import|export)\b[^'"`;=]*?\bfrom\s*)['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm
  const importsOf = (file: string) =>
    [...textOf(file).matchAll(IMPORT)].map(([, from, imported]) => from ?? imported ?? '')
  /** Files of ours that a file imports, as paths from the root. */
  const ours = (file: string) =>
    importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => path.join(path.dirname(file), name))
  const wrong = (from: RegExp, allowed: (to: string, file: string) => boolean) =>
    code
      .filter((file) => from.test(file))
      .flatMap((file) =>
        ours(file)
          .filter((to) => !allowed(to, file))
          .map((to) => `${file} imports ${to}`),
      )
  const sameFolder = (to: string, file: string, depth: number) =>
    to.split('/').slice(0, depth).join('/') === file.split('/').slice(0, depth).join('/')

  test('the domain imports itself and zod, nothing of Node or AWS', () => {
    expect(wrong(/^shared\/domain\//, (to) => to.startsWith('shared/domain/'))).toEqual([])
    const foreign = code
      .filter((file) => file.startsWith('shared/domain/'))
      .flatMap((file) => importsOf(file).filter((name) => !name.startsWith('.') && !/^zod(\/mini)?$/.test(name)))
    expect(foreign).toEqual([])
  })

  const isPort = (to: string) => to.startsWith('shared/channel-port/')
  const isDomain = (to: string) => to.startsWith('shared/domain/')

  test('the channel port lies below the protocols: it knows the domain alone', () => {
    expect(wrong(/^shared\/channel-port\//, (to) => isPort(to) || isDomain(to))).toEqual([])
  })

  test('a protocol knows the domain and the port, no partner, no store, no other protocol', () => {
    const COMMON = /^shared\/protocols\/[a-z0-9-]+\.ts$/
    expect(
      wrong(
        /^shared\/protocols\//,
        (to, file) => isDomain(to) || isPort(to) || COMMON.test(to) || sameFolder(to, file, 3),
      ),
    ).toEqual([])
  })

  test('a channel knows its protocol, the domain and the port, no store and no other channel', () => {
    expect(
      wrong(
        /^shared\/channels\/[^/]+\//,
        (to, file) => isDomain(to) || isPort(to) || to.startsWith('shared/protocols/') || sameFolder(to, file, 3),
      ),
    ).toEqual([])
  })

  test('the lists of channels know channels and the port', () => {
    expect(wrong(/^shared\/channels\/[^/]+$/, (to) => isPort(to) || to.startsWith('shared/channels/'))).toEqual([])
  })

  test('runtime knows nothing of contributions, stores nothing of channels and protocols', () => {
    const INSTANT = 'shared/domain/instant.ts'
    expect(wrong(/^shared\/runtime\//, (to) => to.startsWith('shared/runtime/') || to === INSTANT)).toEqual([])
    expect(wrong(/^shared\/store\//, (to) => /^shared\/(store|domain|runtime)\//.test(to))).toEqual([])
  })

  test('messages know ids and what lies in the stores, no protocol and no function', () => {
    expect(wrong(/^shared\/messages\//, (to) => /^shared\/(messages|domain|runtime|store)\//.test(to))).toEqual([])
  })

  test('the ledger room knows the domain, the port, the stores and runtime: no protocol, no channel, no function', () => {
    expect(
      wrong(/^shared\/ledger\//, (to) => /^shared\/(ledger|domain|channel-port|store|runtime)\//.test(to)),
    ).toEqual([])
  })

  test('outside of functions/ and test/, of a function only its use case is imported, of the console its schemas too', () => {
    const isPublic = (to: string) =>
      /^functions\/([^/]+)\/\1\.ts$/.test(to) || /^functions\/serve-console\/[^/]+\/schemas?\.ts$/.test(to)
    expect(wrong(/^(?!functions\/|test\/)/, (to) => !to.startsWith('functions/') || isPublic(to))).toEqual([])
  })

  test('a function imports no other function, and shared imports none', () => {
    expect(wrong(/^functions\//, (to, file) => to.startsWith('shared/') || sameFolder(to, file, 2))).toEqual([])
    expect(wrong(/^shared\//, (to) => to.startsWith('shared/'))).toEqual([])
  })

  test('nothing that is deployed or deploys imports what is local, measured or tested', () => {
    expect(wrong(/^(functions|shared|infra)\//, (to) => !/^(local|test|bench)\//.test(to))).toEqual([])
    expect(wrong(/^local\//, (to) => !/^(test|bench)\//.test(to))).toEqual([])
  })

  test('no two files import each other, however long the way around, types included', () => {
    expect(circles(new Map(code.map((file) => [file, ours(file)])))).toEqual([])
  })

  test("a channel's sandbox, which holds the partner's side, is in nothing that is deployed", () => {
    const bundled = deployed.filter((file) => !/\/sandbox\.ts$/.test(file))
    expect(bundled.flatMap((file) => ours(file).filter((to) => to.endsWith('/sandbox.ts')))).toEqual([])
  })

  test('imports of ours name the file with its ending, and the file is there', () => {
    const broken = code.flatMap((file) =>
      ours(file)
        .filter((to) => !/\.(tsx?|mjs|json|css)$/.test(to) || !existsSync(path.join(ROOT, to)))
        .map((to) => `${file} imports ${to}`),
    )
    expect(broken).toEqual([])
  })

  test('what is bundled uses the small zod', () => {
    expect(holding(deployed, /from 'zod'/)).toEqual([])
  })
})

describe('keys', () => {
  /** The auditor proves the hub's books without the hub's code, so it has keys of its own. */
  const isChecked = (file: string) => !/^(shared\/(domain|store)|test\/simulation\/auditor)\//.test(file)
  const checked = code.filter(isChecked)

  test('are taken apart by the domain and the stores, where they are built', () => {
    expect(holding(checked, /\.split\(['"`]#/)).toEqual([])
  })

  test('are built by the domain and the stores', () => {
    const BUILT = new RegExp(['encodeURIComponent\\)\\.join\\(', '[\'"`](suspense|nik)#[^\'"`]'].join('|'))
    expect(holding(checked, BUILT)).toEqual([])
  })
})

describe('the deployed code', () => {
  test('reads the environment in one place, which handlers pass on', () => {
    expect(holding(deployed, /\bprocess\.env\b/)).toEqual(['shared/runtime/env.ts'])
    const readers = holding(deployed, /\breadEnv\(/).filter((file) => file !== 'shared/runtime/env.ts')
    expect(readers.filter((file) => !/^functions\/[^/]+\/handler\.ts$/.test(file))).toEqual([])
  })

  test('writes through its log, never to the console', () => {
    expect(holding(deployed, /\bconsole\.\w+\(/)).toEqual([])
  })

  test('asks the clock in one place', () => {
    const CLOCK = /\bDate\.now\(\)|\bnew Date\(\)/
    expect(holding(deployed, CLOCK)).toEqual(['shared/runtime/clock.ts'])
  })

  test('has for each function a handler, a use case of its name and a README', () => {
    const functions = [
      ...new Set(files.filter((file) => /^functions\/[^/]+\//.test(file)).map((file) => file.split('/')[1])),
    ]
    expect(functions.length).toBeGreaterThan(3)
    const missing = functions.flatMap((name) =>
      ['handler.ts', `${name}.ts`, 'README.md']
        .map((file) => `functions/${name}/${file}`)
        .filter((file) => !texts.has(file)),
    )
    expect(missing).toEqual([])
  })
})

describe('every file', () => {
  test('is named in kebab-case', () => {
    const NAME = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$|^(README|CONTRIBUTING|CHANGELOG)\.md$/
    expect(files.flatMap((file) => file.split('/').filter((part) => !NAME.test(part)))).toEqual([])
  })

  test('opens with what it is for', () => {
    const houses = code.filter((file) => /^(functions|shared|infra|local|bench)\//.test(file))
    expect(houses.filter((file) => !/^(#![^\n]*\n)?\/\*\*/.test(textOf(file)))).toEqual([])
  })

  test('exports by name; only tool configuration has a default', () => {
    expect(holding(code, /^export default /m)).toEqual(files.filter((file) => /(^|\/)[a-z]+\.config\.ts$/.test(file)))
  })

  test('is finished: nothing is left to do in a comment', () => {
    const LEFT = new RegExp(
      `\\b(${['TO', 'FIX', 'XX', 'HA'].map((half, i) => half + ['DO', 'ME', 'X', 'CK'][i]).join('|')})\\b`,
    )
    expect(holding(files, LEFT)).toEqual([])
  })

  test('names no registry, no machine and nobody’s folder', () => {
    const REGISTRY = /https?:\/\/[^\s"'`)]*(registry|artifactory|nexus|verdaccio|\/npm\/)/i
    const FOLDER = /(^|[\s"'`(=])\/(home|Users|root|work|workspace|mnt)\/[\w.-]+/m
    // The lock file names funding pages; what it may not name is where a package was fetched.
    expect(
      holding(
        files.filter((file) => file !== 'package-lock.json'),
        REGISTRY,
      ),
    ).toEqual([])
    // The dashboard is a workspace of ours: its entry is a link into this folder.
    expect(holding(['package-lock.json'], /"resolved": (?!"dashboard",)/)).toEqual([])
    expect(holding(files, FOLDER)).toEqual([])
  })

  test('holds no private key', () => {
    expect(holding(files, /BEGIN [A-Z ]*PRIVATE KEY-+\s*[A-Za-z0-9+/]{40}/)).toEqual([])
  })
})

describe('the tests', () => {
  const tests = files.filter((file) => file.startsWith('test/'))

  test('replace no module, skip nothing and leave nothing alone', () => {
    const vitest = ['vi', 'jest'].join('|')
    expect(holding(tests, new RegExp(`\\b(${vitest})\\.(do)?${'mo'}ck\\(`))).toEqual([])
    const aside = ['skip', 'only', 'todo', 'fails', 'skipIf', 'runIf'].join('|')
    expect(holding(tests, new RegExp(`\\b(test|it|describe|suite)\\.(${aside})\\b`))).toEqual([])
  })

  test('all assert something', () => {
    const mute = tests.filter(
      (file) => file.endsWith('.test.ts') && !/\bexpect\b|\bassert\b|\bfc\.assert\b/.test(textOf(file)),
    )
    expect(mute).toEqual([])
  })
})

test('dependencies are pinned exactly', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(textOf('package.json'))
  const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)),
  )
  expect(loose).toEqual([])
})

test('every link between our documents leads somewhere', () => {
  const broken = files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [...textOf(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
        .map(([, to = '']) => path.join(path.dirname(file), to))
        .filter((to) => !existsSync(path.join(ROOT, to)))
        .map((to) => `${file} -> ${to}`),
    )
  expect(broken).toEqual([])
})

/** Each circle of imports once, as the files on it; depth first, so the first way around that is found. */
function circles(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found: string[] = []
  const done = new Set<string>()
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' -> '))
    if (done.has(file) || way.includes(file)) return
    for (const to of imports.get(file) ?? []) visit(to, [...way, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return found
}
