/**
 * A finding of the rule checker that we live with, and why. The one way to accept one, so that a search finds them all.
 * A reason is a sentence for an auditor; "not needed" is not one.
 */
import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

export function accept(on: IConstruct, rule: `AwsSolutions-${string}`, reason: string): void {
  Validations.of(on).acknowledge({ id: rule, reason })
}
