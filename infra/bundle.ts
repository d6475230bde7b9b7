/**
 * Bundles every folder of functions/ that has a handler.ts into dist/functions/<name>/index.js: what AWS and the local hub run.
 *
 * CommonJS, minified, for Node.js 24; the same sources give the same bytes. Beside it dist/meta/<name>.json tells where the
 * bytes come from and dist/meta/<name>.js.map leads a stack trace back to its line. Knows no stacks and no AWS account.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildResult, build, type Plugin } from 'esbuild'

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))
const ENVIRONMENT_ONLY = fileURLToPath(new URL('bundle/environment-only.ts', import.meta.url))
const EVENT_STREAMS = fileURLToPath(new URL('bundle/event-streams.ts', import.meta.url))
const LEFT_OUT = fileURLToPath(new URL('bundle/left-out.ts', import.meta.url))
const DYNAMODB_CLIENT = fileURLToPath(new URL('bundle/dynamodb-client.ts', import.meta.url))
const DYNAMODB_COMMANDS = fileURLToPath(new URL('bundle/dynamodb-commands.ts', import.meta.url))

export type Bundle = {
  /** Folder of functions/, and the function's name everywhere. */
  readonly name: string
  readonly bytes: number
  readonly outfile: string
}

export type BundlePlaces = {
  /** Folder that holds one folder per function. */
  readonly functions: string
  /** Folder that gets functions/<name>/ and meta/. */
  readonly output: string
}

/**
 * Imports that lead elsewhere than npm says. Everything replaced is done by the environment, unreachable from our calls, or
 * done in fewer steps (the DynamoDB client: half the bytes and half the CPU of a put). test/infra/bundle.test.ts
 * and test/infra/bundle/ drive bundled clients through signed calls and hold them against the SDK's own.
 */
const REPLACED: readonly { readonly path: RegExp; readonly importer?: RegExp; readonly by: string }[] = [
  { path: /^@aws-sdk\/credential-provider-node$/, by: ENVIRONMENT_ONLY },
  {
    path: /shared-ini-file-loader\/loadSharedConfigFiles$/,
    importer: /[\\/]@smithy[\\/]core[\\/]/,
    by: ENVIRONMENT_ONLY,
  },
  { path: /^@smithy\/core\/event-streams$/, by: EVENT_STREAMS },
  { path: /^\.\.?\/DynamoDBClient$/, importer: /[\\/]client-dynamodb[\\/]dist-es[\\/]/, by: DYNAMODB_CLIENT },
  {
    path: /^@smithy\/core\/(client|endpoints)$/,
    importer: /[\\/]client-dynamodb[\\/]dist-es[\\/]commandBuilder\.js$/,
    by: DYNAMODB_COMMANDS,
  },
  { path: /\/getInstanceMetadataRegion$/, importer: /[\\/]@smithy[\\/]core[\\/]/, by: LEFT_OUT },
  { path: /^\.\/(Sha256Js|Md5Js)$/, importer: /[\\/]submodules[\\/]checksum[\\/]/, by: LEFT_OUT },
]

/**
 * What a channel brings along that a endpoint never calls: its settlement layout, by which functions that take files in read them.
 * A channel stays one folder and one line of the registry; only the endpoint's bundle goes without.
 */
const NOT_FOR_DOORS: Plugin = {
  name: 'not-for-endpoints',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /^\.\/settlement\.ts$/ }, ({ importer }) =>
      /[\\/]shared[\\/]channels[\\/][\w-]+[\\/]index\.ts$/.test(importer) ? { path: LEFT_OUT } : undefined,
    )
  },
}
const ENDPOINT = path.join('answer-channel', 'handler.ts')

const lean: Plugin = {
  name: 'lean',
  setup(pluginBuild) {
    for (const { path: filter, importer, by } of REPLACED) {
      pluginBuild.onResolve({ filter }, (found) =>
        importer?.test(found.importer) === false ? undefined : { path: by },
      )
    }
    // Other errors come as the base exception with their name, which is all that shared/store/dynamo/errors.ts looks at.
    pluginBuild.onLoad(
      { filter: /[\\/]client-dynamodb[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ },
      async ({ path: file }) => {
        return { contents: onlyErrorsWithContent(await readFile(file, 'utf8')), loader: 'js' }
      },
    )
    // A client reads its package.json for a version in the user agent, and would carry the whole file along.
    pluginBuild.onLoad({ filter: /[\\/]node_modules[\\/].*[\\/]package\.json$/ }, async ({ path: file }) => {
      const { name, version } = (await import(file, { with: { type: 'json' } })).default
      return { contents: JSON.stringify({ name, version }), loader: 'json' }
    })
  },
}

/** Answers that carry more than a name, and items among it: only their schemas can read them. */
const ERRORS_WITH_CONTENT = [
  'DynamoDBServiceException',
  'ConditionalCheckFailedException',
  'TransactionCanceledException',
]

/** Exported for its test. Throws when the SDK does not register its errors as it used to. */
export function onlyErrorsWithContent(schemas: string): string {
  const kept = new Set<string>()
  const lean = schemas.replace(/^\w+\.registerError\(\w+\$, (\w+)\);$/gm, (line, error: string) => {
    if (!ERRORS_WITH_CONTENT.includes(error)) return ''
    kept.add(error)
    return line
  })
  if (kept.size === ERRORS_WITH_CONTENT.length) return lean
  throw new Error(
    `BUNDLE_ERRORS: expected the SDK to register ${ERRORS_WITH_CONTENT.join(', ')}, found ${[...kept].join(', ') || 'none'}; see how its schemas_0.js does now`,
  )
}

/** Bundles all functions. Throws esbuild's own error, which names file and line, when a source does not build. */
export async function bundleFunctions(places: BundlePlaces = standardPlaces()): Promise<readonly Bundle[]> {
  const names = await functionNames(places.functions)
  await forgetOthers(path.join(places.output, 'functions'), names)
  return Promise.all(names.map((name) => bundleOne(name, places)))
}

/** Folders with a handler.ts, sorted: the only list of deployed functions that there is. */
export async function functionNames(functions: string = standardPlaces().functions): Promise<readonly string[]> {
  const folders = await readdir(functions, { withFileTypes: true })
  return folders
    .filter((folder) => folder.isDirectory() && existsSync(path.join(functions, folder.name, 'handler.ts')))
    .map((folder) => folder.name)
    .sort()
}

/** Where a function's bundle lies, whether or not it has been made. */
export function bundleFolder(name: string): string {
  return path.join(standardPlaces().output, 'functions', name)
}

/** One entry file, built as every function is; written nowhere. Benches and tests measure with it. */
export async function buildLean(entry: string): Promise<BuildResult<{ write: false; metafile: true }>> {
  return build({
    entryPoints: [entry],
    outfile: 'index.js',
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    sourcemap: 'external',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
    absWorkingDir: REPOSITORY,
    plugins: entry.endsWith(ENDPOINT) ? [NOT_FOR_DOORS, lean] : [lean],
  })
}

async function bundleOne(name: string, places: BundlePlaces): Promise<Bundle> {
  const result = await buildLean(path.join(places.functions, name, 'handler.ts'))
  const folder = path.join(places.output, 'functions', name)
  const meta = path.join(places.output, 'meta')
  await Promise.all([mkdir(folder, { recursive: true }), mkdir(meta, { recursive: true })])
  const code = result.outputFiles.find((file) => file.path.endsWith('.js'))
  const map = result.outputFiles.find((file) => file.path.endsWith('.js.map'))
  if (code === undefined || map === undefined)
    throw new Error(`BUNDLE_INCOMPLETE: expected code and map for ${name}, got neither or one`)
  const outfile = path.join(folder, 'index.js')
  await Promise.all([
    writeWhole(outfile, code.contents),
    // The repository itself is an ES module package; this says that the bundle is not, wherever it is unpacked.
    writeWhole(path.join(folder, 'package.json'), '{"type":"commonjs"}\n'),
    writeWhole(path.join(meta, `${name}.json`), JSON.stringify(result.metafile)),
    writeWhole(path.join(meta, `${name}.js.map`), map.contents),
  ])
  return { name, bytes: code.contents.byteLength, outfile }
}

/** Readers see the old file or the new one, never half of one: a hub may start while another build runs. */
async function writeWhole(file: string, contents: string | Uint8Array): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`
  await writeFile(unfinished, contents)
  await rename(unfinished, file)
}

/** Removes bundles of functions that no longer exist. */
async function forgetOthers(bundles: string, names: readonly string[]): Promise<void> {
  if (!existsSync(bundles)) return
  const stale = (await readdir(bundles)).filter((name) => !names.includes(name))
  await Promise.all(stale.map((name) => rm(path.join(bundles, name), { recursive: true, force: true })))
}

function standardPlaces(): BundlePlaces {
  return { functions: path.join(REPOSITORY, 'functions'), output: path.join(REPOSITORY, 'dist') }
}
