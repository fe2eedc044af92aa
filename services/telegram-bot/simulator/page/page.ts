export const page = '<!doctype html><title>Telegram simulator</title>'
