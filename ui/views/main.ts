/** Starts the user interface. */
import { createApp } from 'vue'
import '../shared/theme.css'
import { startTheme } from '../shared/theme'
import { startZoom } from '../shared/zoom'
import SecondWindow from '../reading/SecondWindow.vue'
import App from './App.vue'

startTheme()
startZoom()
createApp(location.hash === '#second' ? SecondWindow : App).mount('#app')
