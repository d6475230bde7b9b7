/**
 * Code signing: the profile that signs bundles, the bucket that keeps what was signed, and the rule that Lambda checks each
 * deployment by. `requireSigning` puts the rule on every function below a construct, whoever made it.
 *
 * Promises: a function that is added later is signed for without a line of its own. Who signs: tools/sign-bundles.ts.
 */
import { Aspects, CfnOutput, type IAspect, Stack } from 'aws-cdk-lib'
import {
  Architecture,
  CfnFunction,
  Code,
  CodeSigningConfig,
  LayerVersion,
  UntrustedArtifactOnDeployment,
} from 'aws-cdk-lib/aws-lambda'
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer'
import { Construct } from 'constructs'
import { type CodeSource, type SignedManifest, type SignedObject, signedBundle } from '../signing/manifest.ts'
import type { Stage } from '../stages.ts'

export class CodeSigning extends Construct {
  /** Versioned, as the signer asks of it: what was uploaded under `unsigned/`, what came back under `signed/`. */
  readonly bucket: Bucket
  readonly configArn: string

  constructor(scope: Construct, id: string, stage: Stage, { accessLogs }: { readonly accessLogs: IBucket }) {
    super(scope, id)
    this.bucket = new Bucket(this, 'Bundles', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'bundles/',
      removalPolicy: stage.removal,
    })
    const profile = new SigningProfile(this, 'Profile', {
      platform: Platform.AWS_LAMBDA_SHA384_ECDSA,
      // Letters, digits and underscores are all that a profile's name may have.
      signingProfileName: `${stage.prefix.replaceAll('-', '_')}_bundles`,
    })
    profile.applyRemovalPolicy(stage.removal)
    const config = new CodeSigningConfig(this, 'Config', {
      description: `Functions of ${stage.prefix}: signed by this account's own profile`,
      signingProfiles: [profile],
      untrustedArtifactOnDeployment:
        stage.unsignedCode === 'refused' ? UntrustedArtifactOnDeployment.ENFORCE : UntrustedArtifactOnDeployment.WARN,
    })
    this.configArn = config.codeSigningConfigArn
    new CfnOutput(this, 'BundlesBucket', { value: this.bucket.bucketName }).overrideLogicalId('SignedBundlesBucket')
    new CfnOutput(this, 'ProfileName', { value: profile.signingProfileName }).overrideLogicalId('SigningProfileName')
  }
}

/** A bundle as CDK uploads it, or as it was signed. `signing` is null where the region has no signer. */
export function bundleCode(
  { source, signing }: { readonly source: CodeSource; readonly signing: CodeSigning | null },
  name: string,
  folder: string,
): Code {
  if (source.kind !== 'signed' || signing === null) return Code.fromAsset(folder)
  return signedCode(signing, signedBundle(source.manifest, name, folder))
}

/**
 * The rule on every function below `scope`. Under it Lambda refuses a layer, too, that another account signed, or nobody: with
 * a manifest each foreign layer is replaced by our signed copy of it.
 */
export function requireSigning(scope: Construct, signing: CodeSigning, source: CodeSource): void {
  const layerFor = source.kind === 'signed' ? signedLayers(scope, signing, source.manifest) : (arn: string) => arn
  const aspect: IAspect = {
    visit: (node) => {
      if (!(node instanceof CfnFunction)) return
      node.codeSigningConfigArn = signing.configArn
      const layers: readonly string[] | undefined = Stack.of(node).resolve(node.layers)
      if (layers !== undefined) node.layers = layers.map(layerFor)
    },
  }
  Aspects.of(scope).add(aspect)
}

function signedLayers(scope: Construct, signing: CodeSigning, manifest: SignedManifest): (arn: string) => string {
  const copies = new Map(
    Object.entries(manifest.layers).map(([arn, object]) => {
      const [name, version] = arn.split(':').slice(-2)
      const copy = new LayerVersion(scope, `SignedLayer-${name}-${version}`, {
        description: `Our signed copy of ${arn}`,
        code: signedCode(signing, object),
        compatibleArchitectures: [Architecture.ARM_64],
      })
      return [arn, copy.layerVersionArn]
    }),
  )
  return (arn) => {
    const copy = copies.get(arn)
    if (copy !== undefined) return copy
    throw new Error(`LAYER_NOT_SIGNED: expected layer ${arn} in the manifest, got none; sign the bundles again`)
  }
}

/** Always of the stage's own bucket: a manifest can point nowhere else. */
function signedCode({ bucket }: CodeSigning, { key, version }: SignedObject): Code {
  return Code.fromBucketV2(bucket as IBucket, key, { objectVersion: version })
}
