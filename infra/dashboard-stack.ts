/** The dashboard: files, CloudFront, headers. It holds nothing that a build cannot make again. */
import { CfnParameter, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { Dashboard } from './constructs/dashboard.ts'
import type { HubStack } from './hub-stack.ts'
import type { LedgerStack } from './ledger-stack.ts'

export type DashboardStackProps = StackProps & { readonly ledger: LedgerStack; readonly hub: HubStack }

export class DashboardStack extends Stack {
  constructor(scope: Construct, id: string, { ledger, hub, ...props }: DashboardStackProps) {
    super(scope, id, props)
    const parameter = (name: string, description: string) => {
      const made = new CfnParameter(this, name, { description })
      made.overrideLogicalId(name)
      return made
    }
    new Dashboard(this, 'Dashboard', {
      stage: ledger.alarming.stage,
      consoleEndpoint: hub.consoleEndpoint,
      signInOrigin: ledger.operators.signInOrigin,
      domainName: parameter('DashboardDomainName', 'Domain of the dashboard; the same as in the ledger stack'),
      certificateArn: parameter('DashboardCertificateArn', 'ACM certificate of that domain, in us-east-1'),
    })
  }
}
