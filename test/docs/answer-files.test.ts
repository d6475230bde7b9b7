/** Each channel's README shows the layout of its answer file as it is written, and where it is fetched. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { answerName } from '../../functions/reconcile-settlement/write-answer.ts'
import { settlementChannels } from '../../shared/channels/settlement-registry.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import { ANSWER_COLUMNS, ANSWER_VERDICTS } from '../../shared/domain/settlement/answer-file.ts'

test.each(settlementChannels.map(({ profile, settlement }) => [profile.name, settlement] as const))(
  'the README of %s shows its answer file',
  (channel, settlement) => {
    const readme = readFileSync(`shared/channels/${channel}/README.md`, 'utf8')
    const [, section = ''] = /\n## Answer file\n(.*?)\n## /s.exec(readme) ?? []
    const columns = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, column]) => column)
    expect(columns).toEqual([...ANSWER_COLUMNS])
    const name = answerName(settlement.fileName('2026-11-20' as BusinessDate), 2)
    expect(section).toContain(`\`${name.replace('20261120', '<yyyymmdd>').replace('0002', '<version>')}\``)
    expect(section).toContain(`\`outgoing/${channel}/\``)
    for (const verdict of ANSWER_VERDICTS) expect(section).toContain(`\`${verdict}\``)
  },
)
