/**
 * The people who use the console: a user pool with a second factor, one group per role, and the client that signs them in.
 *
 * Nobody signs up; an administrator invites. The groups arrive in the token as `cognito:groups`; what each role may do is
 * decided in functions/serve-console.
 */
import { Duration } from 'aws-cdk-lib'
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { OPERATOR_ROLES, type Stage } from '../stages.ts'

export class OperatorPool extends Construct {
  readonly userPool: UserPool
  readonly client: UserPoolClient

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id)
    this.userPool = new UserPool(this, 'UserPool', {
      userPoolName: `${stage.prefix}-operators`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
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
    this.client = this.userPool.addClient('Console', {
      userPoolClientName: `${stage.prefix}-console`,
      generateSecret: false,
      authFlows: { userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    })
    OPERATOR_ROLES.forEach((role, precedence) => {
      new UserPoolGroup(this, `Group-${role}`, { userPool: this.userPool, groupName: role, precedence })
    })
  }
}
