/**
 * Who gets final statements by e-mail, and from which day on: a parameter of the stage for all channels, and one for each, so that
 * a stage may write to the people of one channel alone. What they become together is one text (shared/notices/recipients.ts), whose defaults are read
 * at synthesis as the function reads it at its start.
 */
import { CfnParameter } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import {
  RECIPIENTS_MOST_LETTERS,
  RECIPIENTS_PATTERN,
  readRecipients,
  recipientsText,
} from '../../shared/notices/recipients.ts'

const FOR_ALL = 'keuangan@hub.example'
/** As for all channels. */
const FOR_ONE = ''

export function statementRecipients(scope: Construct, channels: readonly string[]): string {
  readRecipients(
    recipientsText(
      FOR_ALL,
      channels.map((name) => [name, FOR_ONE]),
    ),
    channels,
  )
  const made = (suffix: string, description: string, fallback: string) => {
    const parameter = new CfnParameter(scope, `StatementRecipients${suffix}`, {
      default: fallback,
      description: `Addresses that final statements ${description}`,
      allowedPattern: RECIPIENTS_PATTERN,
      maxLength: RECIPIENTS_MOST_LETTERS,
      constraintDescription:
        'expected addresses separated by commas, or nobody, or nothing; what holds from a day on after it, as |2026-12-01 a@b.example',
    })
    parameter.overrideLogicalId(`SettlementStatementRecipients${suffix}`)
    return parameter.valueAsString
  }
  const forAll = made('', 'are mailed to, separated by commas; empty: nobody', FOR_ALL)
  const byChannel = channels.map((name) => {
    const suffix = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
    return [
      name,
      made(suffix, `of ${name} are mailed to; empty: as for all channels; nobody: nobody`, FOR_ONE),
    ] as const
  })
  return recipientsText(forAll, byChannel)
}
