/**
 * The people who use the hub: a user pool with a second factor, one group per role, and the two clients that sign them in, the
 * dashboard in the browser and scripts on a person's machine. Both by authorization code with PKCE, at Cognito's own pages.
 *
 * Of whom somebody of a sponsor is, is the attribute `custom:sponsor`: only an administrator writes it, and it comes in the ID
 * token, with which such people call.
 *
 * Nobody signs up; an administrator invites, and who signs in first chooses a password and enrols the second factor there. Groups
 * arrive in the token as `cognito:groups`; what each role may do is decided in functions/serve-console. Tokens last a quarter of
 * an hour, a session twelve hours; a refresh token is used once.
 */
import { Aws, CfnParameter, Duration } from 'aws-cdk-lib'
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ClientAttributes,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { OPERATOR_ROLES, type Stage } from '../stages.ts'

/** Where `npm run sign-in` waits for the browser to come back. */
const SCRIPTS_CALLBACK = 'http://localhost:8791/signed-in'
const OWN_ATTRIBUTES = { email: true, fullname: true } as const
const TOKEN_LIFE = Duration.minutes(15)
const SESSION_LIFE = Duration.hours(12)

export class OperatorPool extends Construct {
  readonly userPool: UserPool
  readonly clients: readonly UserPoolClient[]
  /** `https://….amazoncognito.com`. */
  readonly signInOrigin: string

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id)
    this.userPool = new UserPool(this, 'UserPool', {
      userPoolName: `${stage.prefix}-operators`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      customAttributes: { sponsor: new StringAttribute({ minLen: 3, maxLen: 40, mutable: true }) },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: stage.name === 'production',
      removalPolicy: stage.removal,
    })
    // Names of domains are the whole region's: the account's number makes this one ours.
    const domain = this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${stage.prefix}-operators-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
    this.signInOrigin = domain.baseUrl()
    const dashboard = new CfnParameter(this, 'DashboardDomainName', { description: 'Domain of the dashboard' })
    dashboard.overrideLogicalId('DashboardDomainName')
    const origin = `https://${dashboard.valueAsString}`
    this.clients = [
      this.client('Console', `${stage.prefix}-console`, [`${origin}/signed-in`], [`${origin}/`]),
      this.client('Scripts', `${stage.prefix}-scripts`, [SCRIPTS_CALLBACK], []),
    ]
    OPERATOR_ROLES.forEach((role, precedence) => {
      new UserPoolGroup(this, `Group-${role}`, { userPool: this.userPool, groupName: role, precedence })
    })
  }

  private client(id: string, name: string, callbackUrls: string[], logoutUrls: string[]): UserPoolClient {
    const client = this.userPool.addClient(id, {
      userPoolClientName: name,
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.EMAIL],
        callbackUrls,
        logoutUrls,
      },
      preventUserExistenceErrors: true,
      // Without lists a client may write every attribute: nobody says by himself of which sponsor he is.
      readAttributes: new ClientAttributes().withStandardAttributes(OWN_ATTRIBUTES).withCustomAttributes('sponsor'),
      writeAttributes: new ClientAttributes().withStandardAttributes(OWN_ATTRIBUTES),
      enableTokenRevocation: true,
      accessTokenValidity: TOKEN_LIFE,
      idTokenValidity: TOKEN_LIFE,
      refreshTokenValidity: SESSION_LIFE,
      refreshTokenRotationGracePeriod: Duration.seconds(10),
    })
    new CfnManagedLoginBranding(this, `${id}Pages`, {
      userPoolId: this.userPool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    })
    return client
  }
}
