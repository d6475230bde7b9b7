/**
 * The app: the three stacks of one stage, with the rule checker attached. Run by `npx cdk …` (cdk.json) and by infra/synth.ts.
 *
 * Promises: needs no account, no credentials and no network to synthesize; the same sources give the same templates.
 * Choose the stage with `-c stage=rehearsal`; production when nothing is said. Where its code comes from: infra/signing/manifest.ts.
 */
import { App, Validations } from 'aws-cdk-lib'
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' }
import { AwsSolutionsChecks } from 'cdk-nag'
import type { ChannelProfile } from '../shared/channel-port/channel.ts'
import { bundleFolder, bundleFunctions } from './bundle.ts'
import { DashboardStack } from './dashboard-stack.ts'
import { HubStack } from './hub-stack.ts'
import { LedgerStack } from './ledger-stack.ts'
import { registeredProfiles } from './registered-profiles.ts'
import { type CodeSource, codeSourceOf } from './signing/manifest.ts'
import { stageNamed } from './stages.ts'

export type AppParts = {
  readonly profiles: readonly ChannelProfile[]
  readonly bundleOf: (name: string) => string
  /** Where the assembly goes; the CDK CLI says it by environment. */
  readonly outdir?: string
  readonly stageName?: string
  readonly region?: string
  /** When not given, what was said by `-c`. */
  readonly codeSource?: CodeSource
}

export function buildApp({ profiles, bundleOf, outdir, codeSource, ...parts }: AppParts): App {
  const app = new App({
    ...(outdir === undefined ? {} : { outdir }),
    analyticsReporting: false,
    treeMetadata: false,
    context: {
      ...recommendedFlags,
      // All stacks live in one account: an export that is in use cannot be removed by accident, which is what we want.
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
      // The template names each function's bundle (`aws:asset:path`): the local hub finds it there.
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:enable-path-metadata': true,
    },
  })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  const said = (name: string) => app.node.tryGetContext(name)
  const stage = stageNamed(parts.stageName ?? said('stage'), parts.region ?? said('region'))
  const suffix = stage.name === 'production' ? '' : `-${stage.name}`
  const shared = { env: { region: stage.region } }
  const code = codeSource ?? codeSourceOf(said, stage)
  const ledger = new LedgerStack(app, `Ledger${suffix}`, {
    ...shared,
    stage,
    profiles,
    description: 'Contribution hub: tables, queues, evidence, secrets (keep)',
    terminationProtection: stage.name === 'production',
  })
  const hub = new HubStack(app, `Hub${suffix}`, {
    ...shared,
    ledger,
    profiles,
    bundleOf,
    codeSource: code,
    description: 'Contribution hub: endpoints, workers, schedules, console (holds no state)',
  })
  new DashboardStack(app, `Dashboard${suffix}`, {
    ...shared,
    ledger,
    hub,
    description: 'Contribution hub: the dashboard in the browser (holds no state)',
  })
  return app
}

if (import.meta.main) {
  await bundleFunctions()
  buildApp({ profiles: registeredProfiles(), bundleOf: bundleFolder }).synth()
}
