import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { unzip } from './unzip.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloudlet-unzip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An archive as zip tools write it: local headers with data, the central directory, its end. */
function archive(entries: readonly { name: string; content: string; pack?: boolean }[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, pack = true } of entries) {
    const data = pack ? deflateRawSync(content) : Buffer.from(content)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(pack ? 8 : 0, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt32LE(Buffer.byteLength(content), 24)
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(name), data)
    directory.push(entry, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + data.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}

describe('unzip', () => {
  it('unpacks what is packed and what is only stored, in folders', () => {
    const zip = archive([
      { name: 'lib/', content: '', pack: false },
      { name: 'lib/código.js', content: 'exports.answer = 42\n'.repeat(100) },
      { name: 'index.js', content: 'stored', pack: false },
    ])

    unzip(zip, folder)

    expect(readFileSync(join(folder, 'lib/código.js'), 'utf8')).toBe(
      'exports.answer = 42\n'.repeat(100),
    )
    expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe('stored')
  })

  it.each(['../out.js', '/etc/out.js', 'lib/../../out.js'])('refuses an entry %s', (name) => {
    expect(() => unzip(archive([{ name, content: 'x' }]), folder)).toThrow(
      'leads out of the package',
    )
  })

  it('refuses what is no archive, or is cut short', () => {
    const zip = archive([{ name: 'index.js', content: 'exports.handler = 1'.repeat(50) }])

    expect(() => unzip(Buffer.from('not a zip at all'), folder)).toThrow('it is no zip archive')
    const damaged = Buffer.concat([zip.subarray(0, 40), zip.subarray(60)])
    expect(() => unzip(damaged, folder)).toThrow(/Could not unzip the deployment package/)
  })
})
