/**
 * The manifest of what was signed: written by tools/sign-bundles.ts, read when the stacks of a stage are synthesized.
 *
 * Promises: a manifest of another stage, or of bundles that are not the ones just built, is refused; what is deployed is
 * then exactly what was signed. Knows no AWS account.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { hasSigner, type Stage } from '../stages.ts'
import { archiveOf, sha256Of } from './archive.ts'

/** A version of an object in the stage's bucket of signed code, and the digest of what was signed. */
const signedObject = z.strictObject({
  key: z.string().min(1),
  version: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const manifest = z.strictObject({
  stage: z.string(),
  /** By folder of functions/; the digest is of the bundle's archive (archive.ts). */
  functions: z.record(z.string(), signedObject),
  /** Layers that are not ours, by the ARN of their version. */
  layers: z.record(z.string(), signedObject),
})

export type SignedObject = Readonly<z.infer<typeof signedObject>>
export type SignedManifest = {
  readonly stage: string
  readonly functions: Readonly<Record<string, SignedObject>>
  readonly layers: Readonly<Record<string, SignedObject>>
}

/**
 * Where the code of functions comes from. `as built`: CDK uploads it unsigned; under a config that refuses unsigned code,
 * Lambda will not take it.
 */
export type CodeSource = { readonly kind: 'signed'; readonly manifest: SignedManifest } | { readonly kind: 'as built' }

/** What `-c <name>=<value>` said; undefined where nothing was. */
type Asked = (name: 'signed' | 'unsigned') => unknown

/** Refuses to guess where unsigned code would be refused. */
export function codeSourceOf(asked: Asked, stage: Stage): CodeSource {
  const signed = asked('signed')
  const unsigned = asked('unsigned')
  const isUnclear = signed !== undefined && (unsigned !== undefined || !hasSigner(stage))
  if (isUnclear || (unsigned !== undefined && unsigned !== 'yes')) {
    throw new Error(
      `CODE_SOURCE_UNCLEAR: expected -c signed=<manifest> or -c unsigned=yes, and no manifest in a region without a signer, got signed=${signed} unsigned=${unsigned} in ${stage.region}`,
    )
  }
  if (signed !== undefined) return { kind: 'signed', manifest: manifestOf(String(signed), stage) }
  if (unsigned !== undefined || stage.unsignedCode === 'warned' || !hasSigner(stage)) return { kind: 'as built' }
  throw new Error(
    `SIGNED_MANIFEST_MISSING: expected -c signed=<manifest>, because Lambda refuses unsigned code in ${stage.name}; run npm run sign-bundles (docs/operations/deploy.md, "Sign the bundles"), or say -c unsigned=yes where no function is deployed`,
  )
}

/** Throws `SIGNED_MANIFEST_WRONG` for a file that is none, or is of another stage. */
export function manifestOf(file: string, stage: Stage): SignedManifest {
  const read = manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success)
    throw new Error(`SIGNED_MANIFEST_WRONG: expected ${file} as sign-bundles writes it: ${z.prettifyError(read.error)}`)
  if (read.data.stage !== stage.name) {
    throw new Error(
      `SIGNED_MANIFEST_WRONG: expected a manifest of stage ${stage.name}, got one of ${read.data.stage}; sign for this stage`,
    )
  }
  return read.data
}

/** The signed object of a bundle. Refuses one that was made of other bytes than those now in the folder. */
export function signedBundle({ functions }: SignedManifest, name: string, folder: string): SignedObject {
  const signed = functions[name]
  if (signed === undefined)
    throw new Error(`BUNDLE_NOT_SIGNED: expected function ${name} in the manifest, got none; sign the bundles again`)
  const built = sha256Of(archiveOf(folder))
  if (signed.sha256 !== built) {
    throw new Error(
      `BUNDLE_NOT_AS_SIGNED: expected the bundle of ${name} to be the signed one, ${signed.sha256}, got ${built}; sign the bundles again, from these sources`,
    )
  }
  return signed
}
