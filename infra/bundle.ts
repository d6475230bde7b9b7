/**
 * Bundles every folder of functions/ that has a handler.ts into dist/functions/<name>/index.js: what AWS and the local hub run.
 *
 * CommonJS, minified, for Node.js 24; the same sources give the same bytes. Every dependency is bundled as npm brings it:
 * nothing is edited or stubbed on the way, and nothing replaced but `import.meta.url`. Beside it dist/meta/<name>.json tells where the bytes come from and
 * dist/meta/<name>.js.map leads a stack trace back to its line. Knows no stacks and no AWS account.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildResult, build } from 'esbuild'

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))

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
export async function buildOne(entry: string): Promise<BuildResult<{ write: false; metafile: true }>> {
  return build({
    entryPoints: [entry],
    outfile: 'index.js',
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // CommonJS has no such thing; what a library asks of it is where to require from, and that may be a path.
    define: { 'import.meta.url': '__filename' },
    sourcemap: 'external',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
    absWorkingDir: REPOSITORY,
  })
}

async function bundleOne(name: string, places: BundlePlaces): Promise<Bundle> {
  const result = await buildOne(path.join(places.functions, name, 'handler.ts'))
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
