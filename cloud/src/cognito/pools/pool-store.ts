import { documents, type Reader, type Writer } from '../../storage/index.ts'
import type { Client, Pool } from './pool.ts'
import type { Sealer } from '../sealing.ts'

/**
 * Pools and their app clients:
 *
 *     cognito/pools         poolId                 → Pool
 *     cognito/clients       clientId               → Client, its secret sealed
 *     cognito/pool-clients  poolId/clientId        → 1
 */
export type PoolStore = ReturnType<typeof createPoolStore>

export function createPoolStore(sealer: Sealer) {
  const pools = documents<Pool>('cognito/pools')
  const clients = documents<Client>('cognito/clients')
  const poolClients = documents<1>('cognito/pool-clients')

  const opened = (client: Client): Client => {
    if (client.ClientSecret === undefined) return client
    const secret = sealer.open('client secret', client.ClientSecret, client.ClientId)
    return { ...client, ClientSecret: secret?.toString('utf8') }
  }
  const sealed = (client: Client): Client =>
    client.ClientSecret === undefined
      ? client
      : {
          ...client,
          ClientSecret: sealer.seal('client secret', client.ClientSecret, client.ClientId),
        }

  function client(reader: Reader, clientId: string): Client | undefined {
    const found = clients.get(reader, clientId)
    return found === undefined ? undefined : opened(found)
  }

  function* clientsOf(
    reader: Reader,
    poolId: string,
    after?: string,
  ): Generator<Client, void, undefined> {
    const prefix = `${poolId}/`
    const found = poolClients.list(reader, {
      prefix,
      ...(after === undefined ? {} : { after: `${prefix}${after}` }),
    })
    for (const [id] of found) {
      const each = client(reader, id.slice(prefix.length))
      if (each !== undefined) yield each
    }
  }

  return {
    pool: (reader: Reader, poolId: string): Pool | undefined => pools.get(reader, poolId),
    pools: (reader: Reader, after?: string) =>
      pools.list(reader, after === undefined ? {} : { after }),
    putPool: (writer: Writer, pool: Pool): void => pools.put(writer, pool.id, pool),
    removePool: (writer: Writer, poolId: string): void => pools.remove(writer, poolId),
    client,
    clientsOf,
    putClient(writer: Writer, each: Client): void {
      clients.put(writer, each.ClientId, sealed(each))
      poolClients.put(writer, `${each.UserPoolId}/${each.ClientId}`, 1)
    },
    removeClient(writer: Writer, each: Client): void {
      clients.remove(writer, each.ClientId)
      poolClients.remove(writer, `${each.UserPoolId}/${each.ClientId}`)
    },
  }
}
