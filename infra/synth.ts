/**
 * `npm run synth`: bundles the functions, writes both templates to cdk.out/ and checks them. No credentials, no network.
 *
 * The functions' code is as built, signed by nobody: this is to look at and to run on a laptop. Who deploys says `npx cdk deploy -c …`
 * (docs/operations/deploy.md). Prints what was synthesized; on a finding it prints the finding and fails. `synthesize` is the same for the local hub and for tests.
 */
import { rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type AppParts, buildApp } from './app.ts'
import { type Bundle, bundleFolder, bundleFunctions } from './bundle.ts'
import { registeredProfiles } from './registered-profiles.ts'

const ASSEMBLY = fileURLToPath(new URL('../cdk.out', import.meta.url))

export type Template = {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >
}

/** Templates by stack name, as they now stand in `<outdir>/<stack>.template.json`. */
export type Synthesized = { readonly outdir: string; readonly templates: Readonly<Record<string, Template>> }

/**
 * Writes the assembly from bundles that exist already (`bundleFunctions` makes them).
 * Throws when a rule is broken; the framework has then printed which, where, and how to accept it.
 */
export async function synthesize(parts: Partial<AppParts> = {}): Promise<Synthesized> {
  const outdir = parts.outdir ?? ASSEMBLY
  const fresh = `${outdir}.${process.pid}.tmp`
  try {
    const app = buildApp({
      profiles: registeredProfiles(),
      bundleOf: bundleFolder,
      codeSource: { kind: 'as built' },
      ...parts,
      outdir: fresh,
    })
    const templates = Object.fromEntries(app.synth().stacks.map((stack) => [stack.stackName, stack.template]))
    // Whoever reads meanwhile finds the old assembly or the new one, whole.
    await rm(outdir, { recursive: true, force: true })
    await rename(fresh, outdir)
    return { outdir, templates }
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

function describe(bundles: readonly Bundle[], { outdir, templates }: Synthesized): string {
  const functions = bundles.map(({ name, bytes }) => `  ${name.padEnd(24)}${(bytes / 1000).toFixed(0).padStart(6)} KB`)
  const stacks = Object.entries(templates).flatMap(([name, { Resources }]) => {
    const types = Object.values(Resources).map(({ Type }) => Type.replace('AWS::', ''))
    const counts = Map.groupBy(types, (type) => type)
    const most = [...counts].sort(([, one], [, other]) => other.length - one.length)
    return [
      `${name}: ${types.length} resources`,
      ...most.map(([type, all]) => `  ${type.padEnd(36)}${String(all.length).padStart(4)}`),
    ]
  })
  return ['Functions', ...functions, ...stacks, `Written to ${outdir}, no findings`].join('\n')
}

if (import.meta.main) {
  try {
    const bundles = await bundleFunctions()
    console.log(describe(bundles, await synthesize()))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
