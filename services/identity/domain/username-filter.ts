/** ListUsers' filter for one name, its quotes escaped ("Searching for and retrieving user accounts"). */
export const usernameFilter = (username: string): string =>
  `username = "${username.replaceAll(/["\\]/g, '\\$&')}"`
