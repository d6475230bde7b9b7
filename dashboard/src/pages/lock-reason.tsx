/** Asks for the reason before somebody is locked out or let in again. */
import { type ReactNode, useState } from 'react'
import { useLockTexts } from '../i18n/use-lock-texts.ts'
import { TextInput } from '../ui/fields.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'

/** As long as the API takes one. */
const REASON_LENGTH = 140

export function AskReason({
  onReason,
  ...dialog
}: {
  readonly title: string
  readonly lead: ReactNode
  readonly action: string
  readonly isPending: boolean
  readonly problem: unknown
  readonly onReason: (reason: string) => void
  readonly onClose: () => void
}) {
  const w = useLockTexts()
  const [reason, setReason] = useState('')
  return (
    <FormDialog {...dialog} onSubmit={() => onReason(reason.trim())}>
      <TextInput
        label={w.why}
        hint={w.whyHint}
        value={reason}
        onChange={setReason}
        maxLength={REASON_LENGTH}
        required
        autoFocus
      />
    </FormDialog>
  )
}
