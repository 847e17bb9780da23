/** Starts the user interface. */
import { createApp } from 'vue'
import '../shared/theme.css'
import { startTheme } from '../shared/theme'
import { startZoom } from '../shared/zoom'
import App from './App.vue'

startTheme()
startZoom()
createApp(App).mount('#app')
