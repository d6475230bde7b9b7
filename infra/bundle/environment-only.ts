/**
 * Takes the place of two parts of the SDK in every bundle: in Lambda, credentials and settings are in the environment.
 *
 * Leaves out the files, processes, web identities and metadata servers in which the SDK would look next (about 100 KB
 * per bundle), so a bundle on a laptop never picks up somebody's ~/.aws either. Named in infra/bundle.ts. Echoes no value.
 */
type EnvironmentCredentials = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** `@aws-sdk/credential-provider-node`. */
export function defaultProvider(): () => Promise<EnvironmentCredentials> {
  return async () => environmentCredentials()
}

/** They do not change while a Lambda process lives. */
export function environmentCredentials(): EnvironmentCredentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error(
      'CREDENTIALS_MISSING: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, as Lambda sets them; run the bundle in Lambda or on the local hub',
    )
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  }
}

/** `shared-ini-file-loader/loadSharedConfigFiles`: there are no such files. */
export async function loadSharedConfigFiles(): Promise<{ configFile: object; credentialsFile: object }> {
  return { configFile: {}, credentialsFile: {} }
}
