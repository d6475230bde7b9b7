/** A file to the API with its progress, which fetch does not tell. Resolves as `answerOf` does. */
import { accessToken, endSession } from '../sign-in/session.ts'
import { ApiProblem, problemOf } from './client.ts'

export async function upload<T>(
  method: 'PUT' | 'POST',
  path: string,
  file: Blob,
  onProgress: (share: number) => void,
): Promise<T> {
  const token = await accessToken()
  if (token === undefined) throw new ApiProblem('SESSION_ENDED', 401, '')
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, path)
    request.setRequestHeader('authorization', `Bearer ${token}`)
    // Byte for byte, whatever its encoding.
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total)
    request.onerror = () => reject(new ApiProblem('OFFLINE', 0, ''))
    request.onload = () => {
      if (request.status === 401) endSession()
      if (request.status < 300) resolve(request.response as T)
      else reject(problemOf(request.status, request.response))
    }
    request.send(file)
  })
}
