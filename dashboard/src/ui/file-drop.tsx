/** A file for the API: chosen or dropped, looked at, and sent with its progress. What became of it, its page says. */
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Button, DropZone, type FileDropItem, FileTrigger } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'
import { ScrollRegion } from './scroll-region.tsx'

export function FileDrop<Taken>({
  send,
  sizeOf,
  previewOf,
  taken,
  refused,
}: {
  readonly send: (file: File, onProgress: (share: number) => void) => Promise<Taken>
  /** Its size in words. */
  readonly sizeOf: (bytes: number) => string
  /** What is shown of it before it is sent; '' for nothing. */
  readonly previewOf: (file: File) => Promise<string>
  readonly taken: (answer: Taken) => ReactNode
  readonly refused: (problem: Error) => ReactNode
}) {
  const { t } = useLanguage()
  const [file, setFile] = useState<File>()
  const [preview, setPreview] = useState('')
  const [share, setShare] = useState(0)
  const sending = useMutation({
    mutationFn: (chosen: File) => send(chosen, setShare),
    onSuccess: () => setFile(undefined),
  })
  const choose = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    sending.reset()
    setShare(0)
    setFile(chosen)
    setPreview(await previewOf(chosen))
  }
  return (
    <>
      <DropZone
        className="drop"
        onDrop={async ({ items }) => {
          const dropped = items.find((item): item is FileDropItem => item.kind === 'file')
          await choose(await dropped?.getFile())
        }}
      >
        {file === undefined ? (
          <p className="muted">{t.settlement.drop}</p>
        ) : (
          <>
            <p>
              <b>{file.name}</b> <span className="muted">{sizeOf(file.size)}</span>
            </p>
            {preview !== '' && (
              <ScrollRegion label={t.settlement.preview} className="preview">
                <pre className="mono">{preview}</pre>
              </ScrollRegion>
            )}
          </>
        )}
        <div className="row">
          <FileTrigger onSelect={(files) => void choose(files?.[0])}>
            <Button className="button">{t.settlement.choose}</Button>
          </FileTrigger>
          {file !== undefined && (
            <Button className="button primary" isDisabled={sending.isPending} onPress={() => sending.mutate(file)}>
              {t.settlement.send}
            </Button>
          )}
        </div>
        {sending.isPending && <Sending share={share} />}
      </DropZone>
      {sending.isSuccess && taken(sending.data)}
      {sending.isError && refused(sending.error)}
    </>
  )
}

function Sending({ share }: { readonly share: number }) {
  const { t, f } = useLanguage()
  return (
    <Progress share={share} text={share < 1 ? t.settlement.sending(f.percent(share * 10_000)) : t.settlement.reading} />
  )
}

/** How much of something is done, in a line and in words. */
export function Progress({ share, text }: { readonly share: number; readonly text: string }) {
  return (
    <div className="progress">
      <div
        className="progress-line"
        role="progressbar"
        aria-label={text}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className="progress-done" style={{ width: `${share * 100}%` }} />
      </div>
      <span className="muted">{text}</span>
    </div>
  )
}
