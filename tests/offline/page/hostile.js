// What a page can try by script. Its last try takes it away from here, so it says so before.
const server = '{{SERVER}}'
const attempt = (what) => { try { what() } catch { /* Refused at once is refused. */ } }
const image = () => { new Image().src = `http://${server}/img` }

window.addEventListener('load', () => {
  attempt(image)
  // Some web views ask for no name ahead of time; a picture makes any of them ask.
  attempt(() => { new Image().src = 'http://{{NAME}}/' })
  attempt(() => fetch(`http://${server}/fetch`, { method: 'POST', body: 'title', mode: 'no-cors' }).catch(() => {}))
  attempt(() => { const request = new XMLHttpRequest(); request.open('POST', `http://${server}/xhr`); request.send('title') })
  attempt(() => { new WebSocket(`ws://${server}/websocket`) })
  attempt(() => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${server}` }] })
    peer.createDataChannel('title')
    peer.createOffer().then((offer) => peer.setLocalDescription(offer))
  })
  attempt(() => document.querySelector('form').submit())
  attempt(() => document.querySelector('#pdf').click())
  setTimeout(() => {
    document.title = `all tried; WebRTC ${'RTCPeerConnection' in window ? 'there' : 'not there'}`
    setTimeout(() => { window.location.href = `http://${server}/navigation` }, 500)
  }, 4000)
})
