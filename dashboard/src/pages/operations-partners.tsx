/** Partners as operations sees them: the last recorded payment of each channel, and how a key is rotated, step by step. */
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CALM } from '../api/answers.ts'
import { answerOf, api } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useWatchTexts } from '../i18n/use-watch-texts.ts'
import { Section } from '../ui/page.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { CHANNELS } from './books/channels.ts'

export function PartnersToday() {
  const { t, f } = useLanguage()
  const w = useWatchTexts().operations
  const latest = useQueries({
    queries: CHANNELS.map((channel) => ({
      queryKey: ['partner-payments', channel, 'last'],
      queryFn: () =>
        answerOf(api.GET('/api/partners/{channel}/payments', { params: { path: { channel }, query: { limit: 1 } } })),
      refetchInterval: CALM,
    })),
  })
  return (
    <Section title={w.partners} lead={w.partnersLead}>
      <ScrollRegion className="plain-table" label={w.partners}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.overview.channel}</th>
              <th scope="col">{w.lastContact}</th>
            </tr>
          </thead>
          <tbody>
            {CHANNELS.map((channel, i) => {
              const answer = latest[i]
              const last = answer?.data?.items[0]
              return (
                <tr key={channel}>
                  <td>
                    <Link to="/partners/$channel" params={{ channel }}>
                      {worded(t.words.channels, channel)}
                    </Link>
                  </td>
                  <td>{answer?.isSuccess ? (last === undefined ? w.never : f.time(last.decidedAt)) : '…'}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollRegion>
      <h3>{w.elsewhere}</h3>
      <p className="muted">{w.elsewhereLead}</p>
    </Section>
  )
}

export function KeyRotation() {
  const w = useWatchTexts().operations
  return (
    <Section title={w.rotation} lead={w.rotationLead}>
      <ol className="numbered">
        {w.rotationSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <ScrollRegion className="command" label={w.rotation}>
        <code>{w.rotationRead}</code>
        <br />
        <code>{w.rotationWrite}</code>
      </ScrollRegion>
      <p className="muted">{w.rotationNote}</p>
    </Section>
  )
}
