// What the page says, in the language of the person whose eyes it is seen through.

const TEXTS = {
  en: {
    addPerson: "Add a person", addGroup: "New group", name: "Name", title: "Title", language: "Language",
    create: "Create", cancel: "Cancel", ok: "OK", message: "Message", start: "Start", attach: "Attach files",
    send: "Send", reply: "Reply", forward: "Forward", forwardTo: "Forward to", forwardedFrom: "Forwarded from",
    asFile: "Send as files, uncompressed", dropHere: "Drop files to send them", edited: "edited", bot: "bot",
    members: "members", chooseChat: "Choose a chat", noBot: "Waiting for a bot to connect…",
    nothingYet: "No messages yet", back: "Back", newest: "To the newest message", download: "Download",
    photo: "Photo", video: "Video", audio: "Audio", voice: "Voice message", document: "File", animation: "GIF",
    you: "You", copied: "Copied", failed: "The simulator did not take it", noAnswer: "The bot has not answered",
    offline: "The simulator is not answering. Trying again…", commands: "Commands", remove: "Remove",
    pay: "Pay", paid: "You paid", refunded: "Refunded", notPaid: "The payment did not go through", subscription: "Monthly subscription",
    actions: { typing: "typing", upload_photo: "sending a photo", upload_video: "sending a video",
      record_video: "recording a video", upload_voice: "sending a voice message", record_voice: "recording a voice message",
      upload_document: "sending a file", other: "working" },
  },
  ru: {
    addPerson: "Добавить человека", addGroup: "Новая группа", name: "Имя", title: "Название", language: "Язык",
    create: "Создать", cancel: "Отмена", ok: "Хорошо", message: "Сообщение", start: "Начать", attach: "Прикрепить файлы",
    send: "Отправить", reply: "Ответить", forward: "Переслать", forwardTo: "Кому переслать", forwardedFrom: "Переслано от",
    asFile: "Отправить файлами, без сжатия", dropHere: "Отпустите, чтобы отправить файлы", edited: "изменено", bot: "бот",
    members: "участников", chooseChat: "Выберите чат", noBot: "Ждём, пока подключится бот…",
    nothingYet: "Сообщений пока нет", back: "Назад", newest: "К последнему сообщению", download: "Скачать",
    photo: "Фото", video: "Видео", audio: "Аудио", voice: "Голосовое сообщение", document: "Файл", animation: "GIF",
    you: "Вы", copied: "Скопировано", failed: "Симулятор не принял это", noAnswer: "Бот не ответил",
    offline: "Симулятор не отвечает. Пробуем снова…", commands: "Команды", remove: "Убрать",
    pay: "Оплатить", paid: "Вы заплатили", refunded: "Возвращено", notPaid: "Платёж не прошёл", subscription: "Подписка на месяц",
    actions: { typing: "печатает", upload_photo: "отправляет фото", upload_video: "отправляет видео",
      record_video: "записывает видео", upload_voice: "отправляет голосовое", record_voice: "записывает голосовое",
      upload_document: "отправляет файл", other: "работает" },
  },
};

let current = TEXTS.en;

/** Speak the language with this code; English where we do not know it. */
export function speak(language) {
  current = TEXTS[language] ?? TEXTS.en;
  document.documentElement.lang = current === TEXTS.ru ? "ru" : "en";
}

/** The text of a name. */
export const say = (name) => current[name];

/** What a chat action is called. */
export const sayAction = (action) => current.actions[action] ?? current.actions.other;

/** A moment as hours and minutes. */
export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

/** A moment as day and month. */
export const day = (seconds) =>
  new Date(seconds * 1000).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });

/** A number of bytes as people read it. */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KB", "MB", "GB"];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit += 1; }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
