/** Faults of notices. Each replaces a few words: mutant.ts. Any history with notices in it may show them. */
import type { Mutant } from './mutant.ts'

const SEND = 'functions/send-notice/send-notice.ts'
const RULES = 'shared/domain/notice.ts'

export const NOTICE_MUTANTS: readonly Mutant[] = [
  {
    name: 'notice-sent-twice',
    fault: 'a notice that was sent is sent again on another look',
    replace: [
      [
        SEND,
        "if (known && known.state !== 'obsolete' && known.state !== 'unreachable') return { outcome: 'already', due }",
        '',
      ],
      [SEND, "if (reserved === 'taken') return { outcome: 'already', due }", ''],
    ],
  },
  {
    name: 'notice-not-reserved',
    fault: 'two looks at one moment both send',
    replace: [[SEND, "if (reserved === 'taken') return { outcome: 'already', due }", '']],
  },
  {
    name: 'notice-not-sent',
    fault: 'a member in the days of grace hears nothing',
    replace: [[RULES, "['before-due', 'due', 'grace'] as const) look", "['before-due', 'due'] as const) look"]],
  },
  {
    name: 'lapse-not-told',
    fault: 'a member whose membership has lapsed hears nothing',
    replace: [[RULES, "if (hasLapsed) look('lapsed', firstDayOf(lapsesIn), lapsesIn)", '']],
  },
  {
    name: 'unknown-sent-again',
    fault: 'a notice that may have gone out is sent again',
    replace: [
      [SEND, "known.state !== 'obsolete' && known", "known.state !== 'obsolete' && known.state !== 'unknown' && known"],
      [
        'test/support/memory-notices.ts',
        "['obsolete', 'unreachable', undefined]",
        "['obsolete', 'unreachable', 'unknown', undefined]",
      ],
    ],
  },
]
