/** The Bot API's own limits, as its pages give them. */
export const TEXT_CHARACTERS_MAX = 4096
export const CAPTION_CHARACTERS_MAX = 1024
export const COPIES_MAX = 100
export const COMMANDS_MAX = 100
export const COMMAND_NAME = /^[a-z0-9_]{1,32}$/
export const DESCRIPTION_CHARACTERS_MAX = 256
export const SECRET = /^[A-Za-z0-9_-]{1,256}$/
export const CALLBACK_BYTES_MAX = 64
/** Some of the emoji that bots may react with ("ReactionTypeEmoji"). */
export const REACTIONS: ReadonlySet<string> = new Set(
  '❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👀 🎃 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 😡'.split(
    ' ',
  ),
)
