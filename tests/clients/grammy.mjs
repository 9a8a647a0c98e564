// grammY talks to the simulated Telegram. Arguments: its address, the bot's token, a chat.
import assert from "node:assert/strict"
import { createRequire } from "node:module"
import { readFileSync } from "node:fs"

const { Bot, InputFile, InlineKeyboard } = createRequire(`${process.cwd()}/`)("grammy")
const [url, token, chat] = process.argv.slice(2)
const picture = readFileSync(0)

const { api } = new Bot(token, { client: { apiRoot: url } })
const me = await api.getMe()
const [said] = await api.getUpdates({ timeout: 5 })
const keyboard = new InlineKeyboard().text("Yes", "yes")
const asked = await api.sendMessage(chat, `${me.first_name}: ${said.message.text}?`, { reply_markup: keyboard })
const [press] = await api.getUpdates({
  offset: said.update_id + 1,
  timeout: 5,
  allowed_updates: ["message", "callback_query"],
})
await api.answerCallbackQuery(press.callback_query.id, { text: press.callback_query.data })
await api.editMessageText(chat, asked.message_id, "answered")
const photo = await api.sendPhoto(chat, new InputFile(picture, "fox.jpg"), { caption: "a picture" })
const file = await api.getFile(photo.photo.at(-1).file_id)
const bytes = await fetch(`${url}/file/bot${token}/${file.file_path}`)
assert.equal(bytes.status, 200)
await api.setWebhook(`${url}/hook`, { secret_token: "s".repeat(8) })
assert.equal((await api.getWebhookInfo()).url, `${url}/hook`)
await api.deleteWebhook()
await api.sendInvoice(chat, "Credits", "Ten of them", "payload", "XTR", [{ label: "Credits", amount: 10 }])
