import type { Kind } from '../content.ts'
import type { Filter } from '../filters.ts'
import type { Sentences, StatusLine } from './sentences.ts'

const THINGS: Readonly<Record<Kind | 'album', string>> = {
  text: 'un texto',
  photo: 'una foto',
  video: 'un vídeo',
  animation: 'una animación',
  audio: 'una pieza de música',
  voice: 'un mensaje de voz',
  video_note: 'un mensaje de vídeo',
  document: 'un archivo',
  sticker: 'un sticker',
  location: 'un lugar',
  venue: 'un lugar',
  contact: 'un contacto',
  poll: 'una encuesta',
  dice: 'una tirada de dados',
  story: 'una historia',
  album: 'un álbum',
}

const numbered = (lines: readonly string[]): string =>
  lines.map((line, at) => `${at + 1}. ${line}`).join('\n')

function filterOf(filter: Filter): string {
  switch (filter.by) {
    case 'word':
      return `la palabra «${filter.word}»`
    case 'expression':
      return `la expresión ${filter.expression}`
    case 'link':
      return 'los enlaces'
    case 'kind':
      return `los mensajes que son ${THINGS[filter.kind]}`
    case 'image':
      return 'las imágenes'
    case 'picture':
      return 'una imagen determinada'
  }
}

function statusLine(line: StatusLine): string {
  const marks = [
    line.active ? 'aquí van tus mensajes' : '',
    line.pausedHere ? 'en pausa por ti' : '',
    line.pausedThere ? 'en pausa por el otro chat' : '',
    line.filters === 0 ? '' : line.filters === 1 ? '1 filtro' : `${line.filters} filtros`,
    line.endsAt === undefined ? '' : `hasta ${line.endsAt}`,
  ].filter((mark) => mark !== '')
  return `${line.peer} (${marks.length === 0 ? 'listo' : marks.join(', ')})\n   ${line.token}`
}

const share = (link: string): string =>
  `Dale esto al otro chat: quien lo abra en Telegram queda emparejado con este chat.\n${link}`

export const spanish: Sentences = {
  welcome:
    'Emparejo dos chats: lo que uno escribe, el otro lo recibe. Crea un token con /generarToken y dáselo al otro chat, que me lo envía con /emparejar.',
  commands: {
    start: 'qué hago',
    help: 'los comandos',
    generateToken: 'crea un token para este chat (/generarToken 1h: uno que caduca)',
    pair: 'empareja este chat con el de un token: /emparejar <token>',
    rememberToken: 'dice qué chats empareja un token: /recordar <token>',
    deleteToken: 'termina el emparejamiento de un token: /eliminar <token>',
    status: 'los emparejamientos de este chat',
    use: 'elige el emparejamiento al que van tus mensajes: /usar 2',
    pause: 'pone el emparejamiento en pausa',
    resume: 'lo reanuda',
    unpair: 'termina el emparejamiento en uso',
    filter:
      'retiene mensajes: /filtrar palabra <palabra>, regex <expresión>, enlace, tipo <tipo>, imagen',
    filters: 'los filtros del emparejamiento',
    unfilter: 'quita un filtro: /quitarFiltro 1',
    language: 'el idioma en que hablo aquí: /idioma en',
  },
  share,
  shareWithoutCode: (link) => `${share(link)}\n\nNo he podido enviar su código QR.`,
  shareButton: 'Compartir',
  lifetimeUsage:
    '¿Cuánto puede vivir el token? Por ejemplo /generarToken 30m, 12h o 7d; como mucho 365d.',
  tokenUsage: (command) => `¿Qué token? Escríbelo tras el comando: /${command} <token>`,
  tokenProblem: {
    'not found':
      'No existe ese token. Puede haber caducado o haber sido eliminado; pide uno nuevo.',
    taken: 'Ese token ya ha emparejado dos chats. Pide uno nuevo.',
    itself: 'Ese token es de este mismo chat. Dáselo al otro chat, que me lo envía.',
    unavailable:
      'Ahora mismo no puedo hablar con el servicio de tokens. No se pierde nada; vuelve a enviarlo dentro de un momento.',
    malformed: 'Eso no es un token. Tiene esta forma: 4f5a0f5e-7a53-4f0e-9a55-0c8f1a6d7b11',
    foreign: 'Ese token no es de un chat, así que no puedo emparejarte con él.',
  },
  paired: (peer) => `Emparejado con ${peer}. Lo que escribas aquí va ahora a ese chat.`,
  pairedAlready: (peer) => `Este chat ya está emparejado con ${peer} por ese token.`,
  tooManyPairings: (max) =>
    `Un chat puede tener como mucho ${max} emparejamientos. Termina antes uno con /desemparejar.`,
  remembered: (token, first, second) =>
    second === undefined
      ? `${token} es de ${first} y espera a un segundo chat.`
      : `${token} empareja ${first} con ${second}.`,
  thisChat: 'este chat',
  notYours: 'Solo un chat de la pareja puede eliminar su token.',
  ended: (peer) => `El emparejamiento con ${peer} ha terminado. El token está eliminado.`,
  endedByPeer: (peer) => `${peer} ha terminado el emparejamiento. Tus mensajes ya no van allí.`,
  expired: (peer) =>
    `El token ha caducado o ha sido eliminado: el emparejamiento con ${peer} ha terminado.`,
  tokenDeleted: 'El token está eliminado.',
  notPaired:
    'Este chat no está emparejado. Crea un token con /generarToken o envíame uno con /emparejar.',
  status: (lines) => `Emparejamientos de este chat:\n${numbered(lines.map(statusLine))}`,
  useUsage: (count) => `¿Cuál? /usar y un número de 1 a ${count}; /estado los enumera.`,
  using: (peer) => `Tus mensajes van ahora a ${peer}.`,
  paused: (peer) => `En pausa. Nada pasa entre este chat y ${peer} hasta /reanudar.`,
  pausedByPeer: (peer) =>
    `${peer} ha puesto el emparejamiento en pausa. Los mensajes no se entregan hasta que lo reanude.`,
  resumed: (peer) => `Reanudado. Tus mensajes van otra vez a ${peer}.`,
  stillPausedByPeer: (peer) => `Reanudado aquí, pero ${peer} también lo tiene en pausa.`,
  resumedByPeer: (peer) => `${peer} ha reanudado el emparejamiento.`,
  notDeliveredPaused: 'No entregado: el emparejamiento está en pausa.',
  filterUsage: (kinds) =>
    `¿Qué hay que retener?\n/filtrar palabra <palabra>\n/filtrar regex <expresión>\n/filtrar enlace\n/filtrar tipo <tipo>: ${kinds.join(', ')}\n/filtrar imagen (en respuesta a una imagen: solo esa)`,
  filterProblem: {
    'too long': 'Ese filtro es demasiado largo.',
    expression: 'Eso no es una expresión regular.',
    kind: 'No hay ese tipo de mensaje; /filtrar los enumera.',
  },
  filterOf,
  filterAdded: (filter) => `Desde ahora este emparejamiento retiene, en ambos sentidos: ${filter}.`,
  filterAddedByPeer: (filter) => `El otro chat ha puesto un filtro. Se retiene: ${filter}.`,
  filterRemoved: (filter) => `Ya no se retiene: ${filter}.`,
  filterList: (own, everywhere) =>
    [
      own.length === 0 ? 'Este emparejamiento no tiene filtros.' : `Se retiene:\n${numbered(own)}`,
      everywhere.length === 0 ? '' : `En todos los emparejamientos: ${everywhere.join(', ')}.`,
    ]
      .filter((part) => part !== '')
      .join('\n'),
  tooManyFilters: (max) => `Un emparejamiento puede tener como mucho ${max} filtros.`,
  unfilterUsage: (count) =>
    count === 0
      ? 'Este emparejamiento no tiene filtros.'
      : `¿Cuál? /quitarFiltro y un número de 1 a ${count}; /filtros los enumera.`,
  filtered: (filter) => `No entregado: este emparejamiento retiene ${filter}.`,
  languageUsage: '¿Qué idioma? /idioma es o /idioma en',
  languageSet: 'Aquí hablo español.',
  unknownCommand: 'No conozco ese comando. /ayuda enumera los que conozco.',
  sends: (name, what) => `${name} envía ${THINGS[what]}:`,
  cannotRelay: 'No entregado: Telegram no me deja pasar este tipo de mensaje.',
  cannotEdit: 'El cambio no se ha entregado: Telegram no me deja cambiar este tipo de mensaje.',
  peerUnreachable: 'No entregado: el otro chat me ha bloqueado o expulsado.',
  peerLeft: (peer) => `${peer} me ha bloqueado o expulsado. Tus mensajes no se entregan allí.`,
  notDelivered: (reason) => `No entregado, tras varios intentos: ${reason}`,
  pieceNotDelivered: (at, of, reason) =>
    `La pieza ${at} de las ${of} del álbum no se ha entregado: ${reason}`,
  piecesNotDelivered: (count, of) =>
    `Piezas del álbum que no se han entregado: ${count} de ${of}. Telegram no me dice cuáles.`,
  notCopied: 'Telegram no ha podido copiarla, o se borró antes',
  ownFault: 'algo falla por mi parte',
  privacyMode: (botName) =>
    `En este grupo solo veo comandos y respuestas a mis mensajes, porque el modo de privacidad está activo. Para que pase todo, hazme administrador, o desactiva el modo de privacidad (@BotFather, /setprivacy, @${botName}, Disable) y vuelve a añadirme.`,
  wentWrong: 'Algo ha fallado por mi parte y ese mensaje no se ha atendido. Vuelve a intentarlo.',
}
