/**
 * The synthesized cloud assembly, made when it is missing or older than what it is made of: bundles and templates are built only
 * when a source changed, so a restart takes a second. Two hubs that start at once build one after the other.
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from '../lock.ts'
import { type CloudAssembly, cloudAssemblyOf } from './cloud-assembly.ts'
import { readTemplates } from './template.ts'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const ASSEMBLY = path.join(REPOSITORY, 'cdk.out')
const STACKS = ['Ledger', 'Hub']

/** `say` prints a line for each step that takes time. */
export async function currentAssembly(say: (line: string) => void): Promise<CloudAssembly> {
  await withLock(path.join(REPOSITORY, '.building'), async () => {
    const stamp = path.join(ASSEMBLY, '.made-of')
    const sources = sourcesHash()
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
    // Loaded only when there is something to build: the CDK alone takes a second and 200 MB.
    const [{ bundleFunctions }, { synthesize }] = await Promise.all([
      import('../../infra/bundle.ts'),
      import('../../infra/synth.ts'),
    ])
    say('Bundling the functions …')
    await bundleFunctions()
    say('Synthesizing the stacks …')
    await synthesize()
    writeFileSync(stamp, sources)
  })
  return cloudAssemblyOf(readTemplates(ASSEMBLY, STACKS))
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync(['{infra,functions,shared}/**/*.{ts,json}', 'package-lock.json', 'cdk.json'], {
    cwd: REPOSITORY,
  })
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(REPOSITORY, file)))
      .update('\0')
  return hash.digest('hex')
}
