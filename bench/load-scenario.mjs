// The least a scenario can do: one GET after the other.
export default {
  name: 'get',
  description: 'GET /',
  steps: [{ name: 'get', weight: 1, run: (user) => user.send('GET /', 'GET', user.url('')) }],
}
