import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { AwsError } from '../../kernel/index.ts'

/*
 * PKWARE, "APPNOTE.TXT - .ZIP File Format Specification": what is read of an archive.
 *
 *     end of central directory   50 4b 05 06 … entries at 10 (2 bytes), directory's offset at 16 (4)
 *     central directory entry    50 4b 01 02 … method at 10 (2), packed size at 20 (4), size at 24 (4),
 *                                name length at 28 (2), extra 30 (2), comment 32 (2), local header at 42 (4), name at 46
 *     local header               50 4b 03 04 … name length at 26 (2), extra length at 28 (2), then the data at 30 + both
 */
const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const endBytes = 22
const commentBytesMax = 0xffff
const stored = 0
const deflated = 8
/** Lambda, "Quotas": a deployment package is at most 250 MB unzipped. */
const unzippedBytesMax = 250 * 1024 * 1024

/**
 * Unpacks a deployment package into a folder.
 *
 * @throws AwsError InvalidParameterValueException when it is no zip, too large, or leads out of the folder
 */
export function unzip(archive: Buffer, folder: string): void {
  let total = 0
  for (const entry of entriesOf(archive)) {
    if (entry.name.endsWith('/')) continue
    const path = normalize(entry.name)
    if (path.startsWith('..') || path.startsWith(sep)) {
      throw broken(`its entry ${entry.name} leads out of the package`)
    }
    total += entry.sizeBytes
    if (total > unzippedBytesMax) throw broken(`it is over ${unzippedBytesMax} bytes unzipped`)
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, contentOf(archive, entry))
  }
}

const broken = (reason: string): AwsError =>
  new AwsError(
    'InvalidParameterValueException',
    `Could not unzip the deployment package: ${reason}.`,
  )

type Entry = {
  readonly name: string
  readonly method: number
  readonly packedBytes: number
  readonly sizeBytes: number
  readonly headerAt: number
}

function* entriesOf(archive: Buffer): Iterable<Entry> {
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== entrySignature) {
      throw broken('its directory is damaged')
    }
    const nameLength = archive.readUInt16LE(at + 28)
    yield {
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      packedBytes: archive.readUInt32LE(at + 20),
      sizeBytes: archive.readUInt32LE(at + 24),
      headerAt: archive.readUInt32LE(at + 42),
    }
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
}

function findEnd(archive: Buffer): number {
  const first = Math.max(0, archive.length - endBytes - commentBytesMax)
  for (let at = archive.length - endBytes; at >= first; at--) {
    if (archive.readUInt32LE(at) === endSignature) return at
  }
  throw broken('it is no zip archive')
}

function contentOf(archive: Buffer, entry: Entry): Buffer {
  const { headerAt } = entry
  if (headerAt + 30 > archive.length) throw broken(`its entry ${entry.name} is damaged`)
  const from =
    headerAt + 30 + archive.readUInt16LE(headerAt + 26) + archive.readUInt16LE(headerAt + 28)
  const packed = archive.subarray(from, from + entry.packedBytes)
  if (entry.method === stored) return packed
  if (entry.method !== deflated) throw broken(`its entry ${entry.name} is packed by another method`)
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.sizeBytes) })
  } catch (error) {
    throw broken(
      `its entry ${entry.name}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
