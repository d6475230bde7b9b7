/** One synthesized cloud assembly with stand-in bundles, and the ways in which tests look at it. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { AppParts } from '../../infra/app.ts'
import { registeredProfiles } from '../../infra/registered-profiles.ts'
import { type Synthesized, synthesize } from '../../infra/synth.ts'

export type Statement = {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource: unknown
  readonly Condition?: Properties
}
// biome-ignore lint/suspicious/noExplicitAny: a template is whatever was written
export type Properties = Record<string, any>
export type Resource = {
  readonly id: string
  readonly type: string
  readonly properties: Properties
  readonly metadata: Properties
  readonly dependsOn: readonly string[]
}

export const REPOSITORY = path.join(import.meta.dirname, '../..')
export const CHANNELS = registeredProfiles().map(({ name }) => name)

export type CloudAssembly = {
  readonly folder: string
  readonly synthesized: Synthesized
  readonly ledger: readonly Resource[]
  readonly hub: readonly Resource[]
  readonly dashboard: readonly Resource[]
  readonly bundleOf: (name: string) => string
  /** As synthesized at first, into another folder, but for what is given. */
  readonly again: (outdir: string, parts?: Partial<AppParts>) => Promise<Synthesized>
  readonly remove: () => Promise<void>
}

/** Synthesizes both stacks into a folder of its own. */
export async function cloudAssembly(): Promise<CloudAssembly> {
  const folder = await mkdtemp(path.join(tmpdir(), 'floor-plan-'))
  const bundleOf = (name: string) => path.join(folder, 'bundles', name)
  for (const name of await deployedFolders()) {
    await mkdir(bundleOf(name), { recursive: true })
    await writeFile(path.join(bundleOf(name), 'index.js'), `exports.handler = async () => '${name}'\n`)
  }
  const again = (outdir: string, parts: Partial<AppParts> = {}) =>
    synthesize({ bundleOf, ...parts, outdir: path.join(folder, outdir) })
  const synthesized = await again('first')
  return {
    folder,
    synthesized,
    ledger: resourcesOf(synthesized, 'Ledger'),
    hub: resourcesOf(synthesized, 'Hub'),
    dashboard: resourcesOf(synthesized, 'Dashboard'),
    bundleOf,
    again,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Folders of functions/ that are deployed. */
export async function deployedFolders(): Promise<string[]> {
  const folders = await readdir(path.join(REPOSITORY, 'functions'))
  return folders.filter((name) => existsSync(path.join(REPOSITORY, 'functions', name, 'handler.ts'))).sort()
}

export function resourcesOf(synthesized: Synthesized, stack: string): readonly Resource[] {
  return Object.entries(synthesized.templates[stack]?.Resources ?? {}).map(
    ([id, { Type, Properties: properties, ...rest }]) => {
      const { Metadata, DependsOn } = rest as { Metadata?: Properties; DependsOn?: string[] }
      return { id, type: Type, properties: properties ?? {}, metadata: Metadata ?? {}, dependsOn: DependsOn ?? [] }
    },
  )
}

export function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type)
}

export type Policy = {
  readonly id: string
  /** Logical ids. */
  readonly roles: readonly string[]
  readonly statements: readonly Statement[]
}

/** What roles may do; bucket and queue policies are not roles'. */
export function policies(resources: readonly Resource[]): readonly Policy[] {
  return ofType(resources, 'AWS::IAM::Policy').map(({ id, properties }) => ({
    id,
    roles: properties.Roles.map(({ Ref }: { readonly Ref: string }) => Ref),
    statements: properties.PolicyDocument.Statement,
  }))
}
