<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR">
  <context>
    <name>Bench</name>
    <message>
      <source>Recipe</source>
      <translation>Receita</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Claro</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Escuro</translation>
    </message>
    <message>
      <source>Change between the dark and the light look</source>
      <translation>Alternar entre a aparência escura e a clara</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>nenhuma ainda</translation>
    </message>
    <message>
      <source>Station</source>
      <translation>Estação</translation>
    </message>
  </context>
  <context>
    <name>Bridge</name>
    <message>
      <source>The camera keeps the station from ending. Unplug it, or close the program.</source>
      <translation>A câmera não deixa a estação terminar. Desconecte-a, ou feche o programa.</translation>
    </message>
    <message>
      <source>A fault in the program stopped this (%1). Details are in the log.</source>
      <translation>Uma falha no programa parou isto (%1). Os detalhes estão no registro.</translation>
    </message>
  </context>
  <context>
    <name>Cards</name>
    <message>
      <source>%2 expected</source>
      <translation>%2 esperado(s)</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
  </context>
  <context>
    <name>Command</name>
    <message>
      <source>It was ended from outside, or the memory did not suffice. What was kept is kept.</source>
      <translation>Foi encerrado de fora, ou a memória não bastou. O que foi salvo continua salvo.</translation>
    </message>
    <message>
      <source>It could not be started: %1</source>
      <translation>Não foi possível iniciar: %1</translation>
    </message>
  </context>
  <context>
    <name>Complaints</name>
    <message>
      <source>Something in the program went wrong (%1). The rest goes on. Details: %2</source>
      <translation>Algo no programa deu errado (%1). O resto continua. Detalhes: %2</translation>
    </message>
  </context>
  <context>
    <name>Findings</name>
    <message>
      <source>Findings</source>
      <translation>Achados</translation>
    </message>
  </context>
  <context>
    <name>Indicator</name>
    <message>
      <source>State of the station</source>
      <translation>Estado da estação</translation>
    </message>
  </context>
  <context>
    <name>Look</name>
    <message>
      <source>FAULT</source>
      <translation>PANE</translation>
    </message>
    <message>
      <source>PASS</source>
      <translation>PASSA</translation>
    </message>
    <message>
      <source>FAIL</source>
      <translation>FALHA</translation>
    </message>
    <message>
      <source>UNSURE</source>
      <translation>INCERTO</translation>
    </message>
    <message>
      <source>Not inspecting</source>
      <translation>Sem inspeção</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Iniciando</translation>
    </message>
    <message>
      <source>Waiting for the camera</source>
      <translation>Esperando a câmera</translation>
    </message>
    <message>
      <source>Looking</source>
      <translation>Olhando</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Parada</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>Pronta</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>Em execução</translation>
    </message>
    <message>
      <source>Fault</source>
      <translation>Falha</translation>
    </message>
  </context>
  <context>
    <name>Picture</name>
    <message>
      <source>Picture of the camera</source>
      <translation>Imagem da câmera</translation>
    </message>
  </context>
  <context>
    <name>Recent</name>
    <message>
      <source>Last ten inspections</source>
      <translation>As últimas dez inspeções</translation>
    </message>
  </context>
  <context>
    <name>SourceChoice</name>
    <message>
      <source>Video or picture…</source>
      <translation>Vídeo ou imagem…</translation>
    </message>
    <message>
      <source>Folder of pictures…</source>
      <translation>Pasta de imagens…</translation>
    </message>
  </context>
  <context>
    <name>StationPage</name>
    <message>
      <source>Recipe</source>
      <translation>Receita</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Fonte</translation>
    </message>
    <message>
      <source>The station is stopped</source>
      <translation>A estação está parada</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Iniciar</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Parar</translation>
    </message>
    <message>
      <source>The source has come to its end.</source>
      <translation>A fonte chegou ao fim.</translation>
    </message>
    <message>
      <source>The station has a fault</source>
      <translation>A estação tem uma falha</translation>
    </message>
    <message>
      <source>Ready to start</source>
      <translation>Pronta para iniciar</translation>
    </message>
    <message>
      <source>Choose the source and press Start, or the space bar.</source>
      <translation>Escolha a fonte e pressione Iniciar, ou a barra de espaço.</translation>
    </message>
    <message>
      <source>%1 frames/s    %2 ms    %3 skipped</source>
      <translation>%1 quadros/s    %2 ms    %3 pulados</translation>
    </message>
  </context>
  <context>
    <name>Stations</name>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Esta receita não pode ser lida</translation>
    </message>
    <message>
      <source>This bundle cannot be used</source>
      <translation>Este pacote não pode ser usado</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>A recipe says what a correctly assembled product shows. Make the first one, then teach it with two short videos per component. The workspace is %1.</source>
      <translation>Uma receita diz o que um produto montado corretamente mostra. Crie a primeira e ensine-a com dois vídeos curtos por componente. A pasta de trabalho é %1.</translation>
    </message>
    <message>
      <source>“%1” is not taught yet</source>
      <translation>“%1” ainda não foi ensinada</translation>
    </message>
    <message>
      <source>Record each component once where it is there and once where it is not, train, and promote the bundle.</source>
      <translation>Grave cada componente uma vez onde ele está e uma vez onde ele falta, treine e promova o pacote.</translation>
    </message>
  </context>
  <context>
    <name>Tally</name>
    <message>
      <source>Counts of this run</source>
      <translation>Contagens desta execução</translation>
    </message>
    <message>
      <source>Passed</source>
      <translation>Aprovadas</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Reprovadas</translation>
    </message>
    <message>
      <source>Unsure</source>
      <translation>Incertas</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
  </context>
  <context>
    <name>VerdictPanel</name>
    <message>
      <source>Verdict</source>
      <translation>Veredito</translation>
    </message>
  </context>
  <context>
    <name>Window</name>
    <message>
      <source>Close all the same</source>
      <translation>Fechar mesmo assim</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>Ficar</translation>
    </message>
    <message>
      <source>It changes at the next start, since something runs.</source>
      <translation>Muda na próxima vez que iniciar, pois algo está em execução.</translation>
    </message>
  </context>
</TS>
